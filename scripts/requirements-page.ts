import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Requirement } from '../fixtures/requirement.ts';
import { REQUIREMENTS } from '../tests/requirements.ts';

/*
 * npm run requirements: compares docs/requirements.md, where the links of the report lead, with tests/requirements.ts. With
 * --write it writes the page.
 */
const FILE = 'docs/requirements.md';

const HEAD = `# Requirements

What the product promises, and where each promise comes from: P is the protocol notes, FM the failure notes. The ids are
those of the report's links. Generated from \`tests/requirements.ts\` by \`npm run requirements -- --write\`.
`;

function section(id: string, requirement: Requirement): string {
  const { epic, feature, behaviour, source, severity, knownFailure } = requirement;
  const known =
    knownFailure === undefined
      ? []
      : [`- Known failure until ${knownFailure.until}, owner ${knownFailure.owner}: ${knownFailure.because}`];
  return [
    `## ${id}`,
    '',
    `${behaviour}.`,
    '',
    `- ${epic}, ${feature}; severity ${severity}`,
    `- Source: ${source}`,
    ...known,
    '',
  ].join('\n');
}

const page = [HEAD, ...Object.entries(REQUIREMENTS).map(([id, row]) => section(id, row))].join('\n');
if (process.argv.includes('--write')) {
  writeFileSync(FILE, page);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== page) {
  console.error(`${FILE} differs from tests/requirements.ts: run npm run requirements -- --write`);
  process.exitCode = 1;
}
