import type { Owner } from '../checks/blame.ts';
import { linkTo } from './diagnosis.ts';
import { stepText } from './next-step.ts';
import { SIGNATURE_CHAPTERS } from './signatures/index.ts';
import { WITHOUT_SIGNATURE } from './signatures/without-signature.ts';

type PageEntry = (typeof SIGNATURE_CHAPTERS)[number]['signatures'][number];
type ListedLookAlike = (typeof WITHOUT_SIGNATURE)[number];

/** What the page shows and the signatures do not know. */
export interface PageContext {
  /** Who has to look, in words. */
  readonly ownerOf: (blame: Owner) => string;
  /** Names of the faults with which the twin shows a failure. */
  readonly faultsOf: (signature: string) => readonly string[];
}

const HEAD = `# Failures

Every failure that the report can recognise, under the name of its signature. FM numbers are rows of the failure notes; the
other names belong to this harness. A diagnosis is the signature that fits a whole test best. What was measured is fact. The
causes are candidates: none of them is proven.

Some next steps say "measured above": the list "Measured" of the diagnosis, which stands in the report.

Generated from \`src/failures/signatures\` by \`npm run pages -- --write\`.

How the best match is found:

1. The diagnosis looks at the connections with a valid credential that a finding names, and at the entries that findings cite.
2. The most specific match wins: first a text that no other failure sends, then several facts together, then a single finding,
   then a family of failures. Of equally specific matches, the one in the earliest phase wins, because an early failure
   explains a later one.
3. The phase is that of the last milestone: dns, tcp, tls, http, auth, upgrade, welcome, ping, request, events.
4. A close code is read together with its reason. 1011 with a reason is an explicit close by application code. 1011 without a
   reason comes from the framework or a proxy. 1006 means that there was no close frame. 1000 is a failure when the client did
   not close first. 1008 is a refused token _or_ a limit.
5. HTTP 403 has many causes. After a test in which a valid token was refused, the harness asks for health and presents the
   same token again: over HTTP, by another carrier, and without E2E headers. These requests are probes in the history; no check
   judges them.
6. Over several connections the diagnosis counts how many failed and how far apart in time. All of them after the same time
   (at most 100 ms apart, or a quarter of the median time where that is more) is deterministic. Some of them is intermittent.
   Fewer than three connections are too few to tell.

To see a failure, run the twin with a fault: \`TWIN_FAULT=close-1011-after-63ms npx playwright test --project=twin\`.
`;

const MOST_FAULTS = 8;

/** The text of docs/failures.md: every signature, chapter by chapter. */
export function failuresPage(context: PageContext): string {
  const chapters = SIGNATURE_CHAPTERS.flatMap(({ title, signatures }) => [
    `## ${title}\n`,
    ...signatures.map((signature) => entry(signature, context)),
  ]);
  return [HEAD, ...chapters, '## Rows without a signature\n', ...WITHOUT_SIGNATURE.map(lookAlike)].join('\n');
}

function entry(signature: PageEntry, { ownerOf, faultsOf }: PageContext): string {
  const { id, title, seen, meaning, phase, blame, rule, next, candidates, sharesWith = [] } = signature;
  return [
    `### ${id}`,
    '',
    `**${title.charAt(0).toUpperCase()}${title.slice(1)}.**`,
    '',
    `- What you see: ${seen}`,
    `- What it means: ${meaning}`,
    `- Recognised by: ${rule}`,
    `- Phase: ${phase}`,
    `- Who looks: ${blame} (${ownerOf(blame)})`,
    ...list('Look at next', next.map(stepText)),
    ...list('Candidate causes', candidates),
    ...(sharesWith.length === 0 ? [] : [`- Looks the same on the wire, or nearly: ${links(sharesWith)}`]),
    `- On the twin: ${faultNames(faultsOf(id))}`,
    '',
  ].join('\n');
}

function lookAlike({ id, seen, meaning, see }: ListedLookAlike): string {
  const where = see.length === 0 ? '' : ` See ${links(see)}.`;
  return [`### ${id}`, '', `- What you see: ${seen}${where}`, `- What it means: ${meaning}`, ''].join('\n');
}

function list(name: string, items: readonly string[]): readonly string[] {
  if (items.length === 1) return [`- ${name}: ${items.join()}`];
  return [`- ${name}:`, ...items.map((item) => `  - ${item}`)];
}

function links(ids: readonly Parameters<typeof linkTo>[0][]): string {
  return ids.map((id) => `[${id}](${linkTo(id, '')})`).join(', ');
}

function faultNames(names: readonly string[]): string {
  if (names.length === 0) return 'no fault of its own';
  const rest = names.length - MOST_FAULTS;
  const shown = names.slice(0, MOST_FAULTS).map((name) => `\`${name}\``);
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
