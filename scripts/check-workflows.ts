import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { workflowProblems } from './workflow-problems.ts';

/* npm run workflows [-- FILE…]: lints workflows, by default those of .github/workflows. */
const FOLDER = '.github/workflows';

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
