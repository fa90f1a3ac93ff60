import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';

/* npm run workflows [-- FILE…]: lints workflows, by default those of .github/workflows. */
const FOLDER = '.github/workflows';

const USES = /^\s*-?\s*uses:\s*(\S+)\s*(#.*)?$/;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

const asked = process.argv.slice(2);
const found = readdirSync(FOLDER).filter((file) => /\.ya?ml$/.test(file));
const files = asked.length > 0 ? asked : found.map((file) => join(FOLDER, file));
if (files.length === 0) throw new Error(`${FOLDER}: expected at least one workflow, found none.`);
for (const file of files) {
  for (const { line, message } of await workflowProblems(file, readFileSync(file, 'utf8'))) {
    console.error(`${file}:${line}: ${message}`);
    process.exitCode = 1;
  }
}
console.log(`${files.length} workflows linted`);

/** Something wrong in a workflow file. */
interface WorkflowProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * What GitHub's own language service says of a workflow, and every action that is not pinned to a commit with its version
 * beside it: a tag can be moved to other code.
 */
async function workflowProblems(file: string, text: string): Promise<readonly WorkflowProblem[]> {
  // The service recognises workflows by their address.
  const document = TextDocument.create(`file:///.github/workflows/${basename(file)}`, 'yaml', 1, text);
  const found = (await validate(document)).map(({ range, message }) => ({
    file,
    line: range.start.line + 1,
    message: typeof message === 'string' ? message : message.value,
  }));
  return [...found, ...unpinned(file, text)];
}

function unpinned(file: string, text: string): readonly WorkflowProblem[] {
  return text.split('\n').flatMap((content, index) => {
    const [, action = '', comment = ''] = USES.exec(content) ?? [];
    if (action === '' || action.startsWith('./')) return [];
    const isPinned = PINNED.test(action) && /^# v\d/.test(comment);
    if (isPinned) return [];
    const message = `${action}: expected OWNER/NAME@<commit of 40 hexadecimal digits> # v<version>`;
    return [{ file, line: index + 1, message }];
  });
}
