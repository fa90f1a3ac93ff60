import { listTests } from './listed-tests.ts';

/*
 * Titles are unique over the whole suite: Allure files tests that never started by title alone, so of two with one title one
 * would vanish from the report. The contract runs under several projects; there the file makes the difference.
 */
const files = new Map<string, Set<string>>();
for (const { title, file } of listTests()) files.set(title, (files.get(title) ?? new Set()).add(file));
const clashes = [...files].filter(([, where]) => where.size > 1);
for (const [title, where] of clashes) console.error(`Not unique: "${title}" in ${[...where].join(', ')}. Rename one.`);
process.exitCode = clashes.length === 0 ? 0 : 1;
console.log(`${files.size} titles, ${clashes.length} clashes`);
