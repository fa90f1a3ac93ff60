import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Requirement } from '../src/report/requirement.ts';
import { FAILURES_FILE } from '../src/failures/diagnosis.ts';
import { failuresPage } from '../src/failures/page.ts';
import { ownerOf } from '../src/checks/blame.ts';
import { ALL_FAULTS } from '../src/twin/catalogue/faults/index.ts';
import { REQUIREMENTS } from '../tests/requirements.ts';

/*
 * npm run pages: compares the generated pages of docs/, where the links of the report lead, with their sources. With --write
 * it writes the pages.
 */
const REQUIREMENTS_HEAD = `# Requirements

What the product promises, and where each promise comes from: P is the protocol notes, FM the failure notes. The ids are
those of the report's links. Generated from \`tests/requirements.ts\` by \`npm run pages -- --write\`.
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

const PAGES = [
  {
    file: 'docs/requirements.md',
    source: 'tests/requirements.ts',
    text: [REQUIREMENTS_HEAD, ...Object.entries(REQUIREMENTS).map(([id, row]) => section(id, row))].join('\n'),
  },
  {
    file: FAILURES_FILE,
    source: 'src/failures/',
    text: failuresPage({
      ownerOf,
      faultsOf: (signature) => ALL_FAULTS.filter(({ diagnosis }) => diagnosis === signature).map(({ name }) => name),
    }),
  },
];

for (const { file, source, text } of PAGES) {
  if (process.argv.includes('--write')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not what ${source} generates. Run: npm run pages -- --write`);
    process.exitCode = 1;
  }
}
