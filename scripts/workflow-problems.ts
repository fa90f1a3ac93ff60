import { basename } from 'node:path';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Something wrong in a workflow file. */
export interface WorkflowProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const USES = /^\s*-?\s*uses:\s*(\S+)\s*(#.*)?$/;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/**
 * What GitHub's own language service says of a workflow, and every action that is not pinned to a commit with its version
 * beside it: a tag can be moved to other code.
 */
export async function workflowProblems(file: string, text: string): Promise<readonly WorkflowProblem[]> {
  // The service tells workflows from other YAML by their address.
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
