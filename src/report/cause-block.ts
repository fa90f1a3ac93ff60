import { ownerOf } from '../checks/blame.ts';
import type { Phase } from '../checks/blame.ts';
import { onOneLine } from '../history/visible-text.ts';
import type { Cause } from '../failures/causes.ts';
import type { Unit } from '../failures/symptoms.ts';
import { span } from './measures.ts';

/** How long a cause has lasted: in how many runs one after the other, this one included, and since when. */
export interface Lasting {
  readonly runs: number;
  /** ISO date of the first of these runs. */
  readonly since: string;
}

/** What the block that ends a run is made of. */
export interface RunAtItsEnd {
  readonly causes: readonly Cause[];
  readonly tests: number;
  readonly red: number;
  /** Tests that were started and not finished, and tests that never started. */
  readonly interrupted: number;
  readonly notRun: number;
  /** Errors outside the tests. */
  readonly errors: readonly string[];
  /** How the run ended, as Playwright says. */
  readonly status: 'passed' | 'failed' | 'timedout' | 'interrupted';
  readonly durationMs: number;
  /** What held everywhere, in words of checks. */
  readonly works: readonly string[];
  /** By the id of the cause; a cause that is not in it is new, `undefined` where no run is known before. */
  readonly lasting?: ReadonlyMap<string, Lasting>;
}

const MOST_CAUSES = 5;
const MOST_ENTRIES = 6;
const WIDTH = 110;

/**
 * The block that ends a run: what is wrong, cause by cause, or that nothing is. Each item is one line, in which everything that
 * came from a server is visible.
 */
export function causeBlock(run: RunAtItsEnd): readonly string[] {
  return linesOf(run).map(onOneLine);
}

function linesOf(run: RunAtItsEnd): readonly string[] {
  const { causes } = run;
  const rest = causes.length - MOST_CAUSES;
  return [
    headlineOf(run),
    ...causes.slice(0, MOST_CAUSES).flatMap((cause, position) => causeLines(cause, position + 1, run)),
    ...(rest > 0
      ? [`and ${counted(rest, 'more cause')}: ${causes.slice(MOST_CAUSES).map(sentenceOf).join('; ')}`]
      : []),
    ...run.errors.flatMap(errorLines),
    ...unfinished(run),
  ];
}

/** How the headline of a red run begins. */
export const NOT_FIT = 'NOT FIT';

/** `NOT FIT: ONE CAUSE, 7 of 53 tests red`. */
export function headlineOf({
  causes,
  tests,
  red,
  errors,
  status,
  durationMs,
  notRun,
  interrupted,
}: RunAtItsEnd): string {
  const judged = tests - notRun - interrupted;
  const time = span(durationMs).trim();
  if (tests === 0) return `${NOT_FIT}: nothing ran${errors.length > 0 ? '; the error is below' : ''}, in ${time}`;
  if (judged === 0) return `${NOT_FIT}: none of ${counted(tests, 'test')} was judged, in ${time}`;
  const isFit = status === 'passed' && red === 0;
  if (isFit) return `FIT: ${judged} of ${tests} tests judged, none red, in ${time}`;
  const reasons = causes.length === 0 ? '' : causes.length === 1 ? 'ONE CAUSE, ' : `${causes.length} CAUSES, `;
  return `${NOT_FIT}: ${reasons}${red} of ${judged} tests red, in ${time}`;
}

function causeLines(cause: Cause, number: number, run: RunAtItsEnd): readonly string[] {
  const { evidence, next, severity, tests, folded, consequences } = cause;
  const alarm = severity === 'other' ? '' : `${severity.toUpperCase()}: `;
  const works =
    number > 1 || cause.codes.length === 0
      ? ''
      : run.works.length === 0
        ? 'nothing was shown to work'
        : run.works.map(inWords).join(', ');
  const lines: readonly (readonly [string, string])[] = [
    ['Where', WHERE[cause.phase]],
    ['How often', howOften(cause)],
    ['Follows', followsOf(tests.length, consequences.length, folded.length)],
    ['Works', works],
    ['Who', ownerOf(cause.owner)],
    ['Since', sinceOf(cause, run)],
    ['Evidence', `"${evidence.test}" (${evidence.place})${entriesOf(evidence.entries)}${becauseOf(evidence.because)}`],
    ['Next', next.map((step) => step.replace(', measured above', '')).join('; ')],
  ];
  return [
    `${number} ${alarm}${sentenceOf(cause)}`,
    ...lines.flatMap(([name, text]) => (text === '' ? [] : wrapped(name, text))),
  ];
}

/** The sentence of a cause, beginning with a capital; all capitals where it is a security or privacy problem. */
export function sentenceOf({ sentence, severity }: Pick<Cause, 'sentence' | 'severity'>): string {
  return severity === 'other' ? capitalised(sentence) : sentence.toUpperCase();
}

const WHERE: Readonly<Record<Phase, string>> = {
  setup: 'before anything is judged',
  dns: 'name: the look-up of the host name',
  tcp: 'TCP: the connection to host and port',
  tls: 'TLS: the handshake',
  http: 'HTTP: service endpoints, beside the WebSocket',
  auth: 'auth: whether the token is accepted, and for whom',
  upgrade: 'upgrade: the WebSocket handshake, from its request to its answer',
  welcome: 'welcome: from the accepted upgrade to the welcome',
  ping: 'ping: keep-alive of a welcomed connection',
  request: 'request: from asking an agent to its first event',
  events: 'events: from the first to the last event of a run',
  frames: 'frames: any message from the server',
  isolation: 'isolation: between users, threads and runs',
  close: 'close: the end of a connection',
};

const UNITS: Readonly<Record<Unit | 'tests', string>> = {
  connections: 'connections',
  opened: 'accepted connections',
  welcomed: 'welcomed connections',
  badCredentials: 'bad credentials',
  pings: 'pings',
  runs: 'runs',
  probes: 'HTTP requests',
  tests: 'tests',
};

/** `41 of 41 runs, every third, in 7 tests`. */
export function howOften({ failed, tried, unit, pattern, tests }: Cause): string {
  const proportion = failed > 0 && failed <= tried ? [`${failed} of ${tried} ${UNITS[unit]}`] : [];
  return [...proportion, ...(pattern === undefined ? [] : [pattern]), `in ${counted(tests.length, 'test')}`].join(', ');
}

function followsOf(tests: number, consequences: number, folded: number): string {
  if (consequences === 0 && folded === 0) return '';
  return `${consequences} of these ${tests} tests could not be judged because of it`;
}

/** Whether a cause is new, or for how long it has lasted. Empty where no run before is known. */
function sinceOf({ id }: Cause, { lasting }: RunAtItsEnd): string {
  if (lasting === undefined) return '';
  const known = lasting.get(id);
  if (known === undefined || known.runs < 2) return 'new: the run before did not have it';
  return `${known.runs} runs, since ${known.since.slice(0, 10)}`;
}

/** The sentence of the check, without names that the harness made. */
function becauseOf(because: string): string {
  return because === '' ? '' : `: ${because.replace(/^run nonce-\w+: /, '')}`;
}

function entriesOf(entries: readonly number[]): string {
  if (entries.length === 0) return '';
  const shown = entries.slice(0, MOST_ENTRIES).map((entry) => `#${entry}`);
  return `, timeline ${shown.join(' ')}${entries.length > MOST_ENTRIES ? ' …' : ''}`;
}

/** Names of checks as a reader knows them. */
const CHECKS_IN_WORDS: Readonly<Record<string, string>> = {
  preflight: 'reaching the service',
  handshake: 'upgrade',
  heartbeat: 'ping',
  'agent-run': 'agent events',
  refusal: 'refusals',
  refuses: 'refusals',
  'bad-input': 'bad input',
  endpoint: 'HTTP endpoints',
  'e2e-headers': 'E2E headers',
  'fan-out': 'events on every socket of a user',
  'well-formed': 'readable messages',
  'browser-fields': 'fields that the browser client reads',
  'early-request': 'requests before the welcome',
  'known-thread': 'threads made over HTTP',
  'october-handshake': 'the October handshake',
  'session-restore': 'session restore',
  'stop-agent': 'stopping an agent',
  'thread-created': 'announced threads',
  'typed-messages': 'message types',
  'same-judgement': 'same judgement of a token everywhere',
};

function inWords(check: string): string {
  return CHECKS_IN_WORDS[check] ?? check;
}

function unfinished({ notRun, interrupted, status, tests }: RunAtItsEnd): readonly string[] {
  const cut =
    status === 'interrupted' ? 'the run was interrupted' : status === 'timedout' ? 'the run took too long' : '';
  const lines = [
    ...(interrupted > 0 ? [`${counted(interrupted, 'test')} interrupted, judged by nothing`] : []),
    ...(notRun > 0 ? [`${notRun} of ${counted(tests, 'test')} not run`] : []),
    ...(cut === '' ? [] : [cut]),
  ];
  return lines.length === 0 ? [] : [`Not judged: ${lines.join('; ')}`];
}

const MOST_ERROR_LINES = 8;

function errorLines(error: string): readonly string[] {
  const lines = error.trim().split('\n');
  return lines.slice(0, MOST_ERROR_LINES).map((line, position) => (position === 0 ? `Error: ${line}` : `  ${line}`));
}

/** `1 test`, `2 tests`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const NAME_WIDTH = 12;
const MOST_LINES = 2;

/** One item, its name in a column; at most two lines, so that a cause stays a block. */
function wrapped(name: string, text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replaceAll(/\s+/g, ' ').trim().split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - NAME_WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const shown = lines.slice(0, MOST_LINES);
  const last = lines.length > MOST_LINES ? [`${shown.at(-1)} …`] : shown.slice(-1);
  return [...shown.slice(0, -1), ...last].map((each, position) =>
    position === 0 ? `  ${name.padEnd(NAME_WIDTH - 2)}${each}` : `${' '.repeat(NAME_WIDTH)}${each}`,
  );
}
