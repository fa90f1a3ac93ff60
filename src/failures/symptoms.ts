import type { Owner, Phase } from '../checks/blame.ts';
import { echoesAnEnd, isRepetition } from '../checks/findings.ts';
import type { FindingCode } from '../checks/findings.ts';
import type { Growth, MeasuredWait } from '../checks/growth.ts';
import { growthOf } from '../checks/growth.ts';
import { trusted } from '../checks/subjects.ts';
import type { Finding, Verdict } from '../checks/verdict.ts';
import type { Connection } from '../history/connections.ts';
import { allOf, connectionsOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { ProbeName } from '../history/probe-names.ts';
import { runsOf } from '../history/runs.ts';
import type { Recognised } from './diagnosis.ts';
import { recognised } from './diagnosis.ts';
import { carrierOf } from './endings.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf } from './evidence.ts';
import { answeredProbes } from './next-step.ts';
import { patternOf } from './patterns.ts';
import { timeToEnd } from './recurrence.ts';
import { SEVERITIES } from './signature.ts';
import type { Specificity } from './signature.ts';
import type { SignatureId } from './signatures/index.ts';

/** What one test shows of one failure: the findings that rest on it, and those that merely follow. */
export interface Symptom {
  readonly signature: SignatureId;
  readonly specificity: Specificity;
  readonly phase: Phase;
  readonly owner: Owner;
  readonly codes: readonly FindingCode[];
  /** Codes of findings that only echo this failure. */
  readonly echoes: readonly FindingCode[];
  /** Connections, in order of the attempts. */
  readonly connections: readonly string[];
  /** How many of what {@link unitOf} counts failed. */
  readonly failed: number;
  /** The clearest sentence that a check said of it. */
  readonly because: string;
  readonly entries: readonly number[];
  /** The close code with which the server ended all of the connections. */
  readonly ended?: number;
  /** Which of the connections fail, as a clause. */
  readonly pattern?: string;
  /** How answers grow from user to user, where they are late. */
  readonly growth?: Growth;
}

/** How much one test tried, so that failures have a denominator. */
export interface Tried {
  /** Upgrades with a valid credential, those of them that opened, and those that were welcomed. */
  readonly connections: number;
  readonly opened: number;
  readonly welcomed: number;
  /** Upgrades with a bad credential. */
  readonly badCredentials: number;
  readonly pings: number;
  readonly runs: number;
  readonly probes: number;
}

/** What a red or green test contributes to the causes of its run. */
export interface Symptoms {
  readonly tried: Tried;
  /** Security and privacy first, then the most specific; empty when every verdict holds. */
  readonly symptoms: readonly Symptom[];
  /** The probes that got an answer. */
  readonly answered: readonly ProbeName[];
}

/** What a failure is counted in. */
export type Unit = keyof Tried;

const UNITS: Readonly<Partial<Record<Phase, Unit>>> = {
  http: 'probes',
  upgrade: 'connections',
  welcome: 'opened',
  ping: 'pings',
  request: 'runs',
  events: 'runs',
};

const OF_CONNECTIONS: readonly FindingCode[] = [
  'closed-by-server',
  'closed-uncleanly',
  'run-cut-short',
  'died-while-idle',
];
const OF_BAD_CREDENTIALS: readonly FindingCode[] = ['bad-token-accepted', 'bad-token-undecided', 'refused-unclearly'];

/** What a failure with these codes is counted in; failures of other phases are counted by connection. */
export function unitOf({ codes, phase }: Pick<Symptom, 'codes' | 'phase'>): Unit {
  if (codes.every((code) => OF_BAD_CREDENTIALS.includes(code))) return 'badCredentials';
  if (codes.some((code) => OF_CONNECTIONS.includes(code))) return 'opened';
  return UNITS[phase] ?? 'connections';
}

/**
 * Every failure that a finished history shows, each with the findings that rest on it. A finding belongs to the most specific
 * signature that claims it; one that only echoes an end, or repeats a failure, belongs to what explains the end.
 */
export function symptomsOf(history: History, verdicts: readonly Verdict[]): Symptoms {
  const evidence = evidenceOf(history, verdicts);
  return {
    tried: triedIn(history),
    symptoms: evidence === undefined ? [] : symptomsIn(evidence),
    answered: answeredProbes(history),
  };
}

/**
 * The same verdicts, whose findings blame whom the evidence as a whole blames: a check sees one property, a signature has read
 * the probes too. Everything that is shown of a test starts here, so that title, table, diagnosis and causes agree.
 */
export function settled(history: History, verdicts: readonly Verdict[]): readonly Verdict[] {
  const evidence = evidenceOf(history, verdicts);
  if (evidence === undefined) return verdicts;
  const claims = claimsIn(evidence);
  const owners = new Map(
    claims.flatMap(({ signature, match, own, echoes }) =>
      [...own, ...echoes].map((finding) => [JSON.stringify(finding), match.blame ?? signature.blame] as const),
    ),
  );
  const [first] = claims;
  const ofRepetitions = first?.match.blame ?? first?.signature.blame;
  const settle = <F extends Finding>(finding: F): F => ({
    ...finding,
    blame: owners.get(JSON.stringify(finding)) ?? ofRepetitions ?? finding.blame,
  });
  return verdicts.map((verdict): Verdict => {
    if (verdict.holds === true) return verdict;
    if (verdict.holds === false) {
      const [head, ...tail] = verdict.findings;
      return { ...verdict, findings: [settle(head), ...tail.map(settle)] };
    }
    const [head, ...tail] = verdict.findings;
    return { ...verdict, findings: [settle(head), ...tail.map(settle)] };
  });
}

/** The findings that rest on one recognised failure. */
interface Claim extends Recognised {
  readonly own: readonly Finding[];
  readonly echoes: readonly Finding[];
}

function symptomsIn(evidence: Evidence): readonly Symptom[] {
  const severity = ({ signature }: Claim): number => SEVERITIES.indexOf(signature.severity ?? 'other');
  const claims = claimsIn(evidence).toSorted((a, b) => severity(a) - severity(b));
  return claims.map((claim) => symptomOf(evidence, claim));
}

function claimsIn(evidence: Evidence): readonly Claim[] {
  const isOwn = evidence.findings.some(({ code }) => !isRepetition(code));
  let open = isOwn ? evidence.findings.filter(({ code }) => !isRepetition(code)) : evidence.findings;
  const claims: Claim[] = [];
  for (const found of recognised(evidence)) {
    const own = claimedBy(found, open);
    if (own.length === 0) continue;
    open = open.filter((finding) => !own.includes(finding));
    const echoes = open.filter((finding) => isEcho(finding, own));
    open = open.filter((finding) => !echoes.includes(finding));
    claims.push({ ...found, own, echoes });
  }
  return claims;
}

/**
 * A match that findings made claims those. One that connections made claims what echoes their end; where nothing does, it
 * claims all that was found on them, unless it only names a family of failures.
 */
function claimedBy({ signature, match }: Recognised, open: readonly Finding[]): readonly Finding[] {
  const { findings, connections, specificity = signature.specificity } = match;
  if (findings !== undefined) return open.filter((finding) => findings.includes(finding));
  const names = connections.map(({ name }) => name);
  const onThem = open.filter(({ connection }) => names.includes(connection));
  const ends = onThem.filter(({ code }) => echoesAnEnd(code));
  return ends.length > 0 || specificity === 'family' ? ends : onThem;
}

/** Findings of these codes end their connection: what echoes the end of it follows from them. */
export const ENDING: readonly FindingCode[] = [
  'frame-not-json',
  'frame-not-an-object',
  'frame-binary',
  'frame-empty',
  'frame-not-utf8',
  'frame-too-large',
  'frame-violates-protocol',
  'welcome-replaced-by-error',
  'close-code-illegal',
  'input-misanswered',
  'limit-misanswered',
];

function isEcho({ code, connection }: Finding, own: readonly Finding[]): boolean {
  return (
    connection !== '' &&
    echoesAnEnd(code) &&
    own.some((other) => other.connection === connection && (ENDING.includes(other.code) || echoesAnEnd(other.code)))
  );
}

function symptomOf(evidence: Evidence, { signature, match, own, echoes }: Claim): Symptom {
  const [first] = own;
  const names = connectionsNamed(evidence.history, own);
  const phase = match.phase ?? signature.phase;
  const codes = [...new Set(own.map(({ code }) => code))];
  const pattern = patternOf(trialsOf(evidence.trusted, names));
  const growth = growthOf(waitsOf(evidence, codes));
  const ended = endOf(evidence, names);
  return {
    signature: signature.id,
    specificity: match.specificity ?? signature.specificity,
    phase,
    owner: match.blame ?? signature.blame,
    codes,
    echoes: [...new Set(echoes.map(({ code }) => code))],
    connections: [...names],
    failed: failuresIn(own, names, unitOf({ codes, phase })),
    because: first?.because ?? '',
    entries: [...new Set(first?.entries ?? [])],
    ...(ended !== undefined && { ended }),
    ...(pattern !== undefined && { pattern }),
    ...(growth !== undefined && { growth }),
  };
}

function endOf({ byName }: Evidence, names: ReadonlySet<string>): number | undefined {
  const ends = [...names].map((name) => byName.get(name)?.closed);
  const codes = new Set(ends.map((closed) => (closed?.by === 'them' ? closed.code : undefined)));
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** A finding may name one connection and cite entries of others. */
function connectionsNamed(history: History, findings: readonly Finding[]): ReadonlySet<string> {
  const named = new Set(
    findings.flatMap(({ connection, entries }) => [
      connection,
      ...entries.flatMap((index) => history[index]?.connection ?? []),
    ]),
  );
  return new Set(connectionsOf(history).flatMap(({ name }) => (named.has(name) ? [name] : [])));
}

/** Findings of a run or a ping cite first what was asked; findings of a connection name it. */
function failuresIn(findings: readonly Finding[], names: ReadonlySet<string>, unit: Unit): number {
  if (unit !== 'runs' && unit !== 'pings' && unit !== 'probes') return names.size;
  return new Set(findings.map(({ connection, entries }) => `${connection} ${entries[0]}`)).size;
}

function trialsOf(sockets: readonly Connection[], failed: ReadonlySet<string>) {
  return sockets.map((connection) => {
    const endedAfterMs = timeToEnd(connection);
    const { header, subprotocol } = carrierOf(connection);
    return {
      name: connection.name,
      failed: failed.has(connection.name),
      bySubprotocol: subprotocol && !header,
      ...(endedAfterMs !== undefined && { endedAfterMs }),
    };
  });
}

/** The waits of the kind that a late answer belongs to. */
function waitsOf({ history, trusted: sockets }: Evidence, codes: readonly FindingCode[]): readonly MeasuredWait[] {
  if (codes.includes('welcome-late')) {
    return sockets.flatMap(({ opened, welcome }) =>
      opened === undefined || welcome === undefined ? [] : [{ askedMs: opened.atMs, answeredMs: welcome.atMs }],
    );
  }
  if (!codes.includes('first-event-late')) return [];
  return runsOf(history).runs.flatMap(({ request, connection, deliveries }) => {
    const first = deliveries.get(connection)?.entries[0];
    return first === undefined ? [] : [{ askedMs: request.atMs, answeredMs: first.atMs }];
  });
}

function triedIn(history: History): Tried {
  const sockets = trusted(history);
  return {
    connections: sockets.length,
    opened: sockets.filter(({ opened }) => opened !== undefined).length,
    welcomed: sockets.filter(({ welcome }) => welcome !== undefined).length,
    badCredentials: connectionsOf(history).length - sockets.length,
    pings: allOf(history, 'sent').filter(({ message }) => message.meaning === 'ping').length,
    runs: runsOf(history).runs.length,
    probes: allOf(history, 'probe').length,
  };
}
