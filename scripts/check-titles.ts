import { execFileSync } from 'node:child_process';

/*
 * Titles are unique over the whole suite: Allure files tests that never started by title alone, so of two with one title one
 * would vanish from the report. The contract runs under several projects; there the file makes the difference.
 */
interface Suite {
  readonly title: string;
  readonly file: string;
  readonly specs?: readonly { readonly title: string; readonly file: string }[];
  readonly suites?: readonly Suite[];
}

function titlesOf({ specs = [], suites = [] }: Suite): readonly { title: string; file: string }[] {
  return [...specs.map(({ title, file }) => ({ title, file })), ...suites.flatMap(titlesOf)];
}

const listed = execFileSync('npx', ['playwright', 'test', '--list', '--reporter=json'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const { suites }: { readonly suites: readonly Suite[] } = JSON.parse(listed);
const files = new Map<string, Set<string>>();
for (const { title, file } of suites.flatMap(titlesOf)) files.set(title, (files.get(title) ?? new Set()).add(file));
const clashes = [...files].filter(([, where]) => where.size > 1);
for (const [title, where] of clashes) console.error(`Not unique: "${title}" in ${[...where].join(', ')}. Rename one.`);
process.exitCode = clashes.length === 0 ? 0 : 1;
console.log(`${files.size} titles, ${clashes.length} clashes`);
