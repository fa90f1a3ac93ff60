import type { Judgement } from '../../checks/judgement.ts';
import { judgement } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { trusted } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';

/** What an HTTP endpoint said: up, something else, or nothing. */
export type Said = 'up' | 'down' | 'no answer' | 'not asked';

/** One connection attempt, and what the service last said of itself before it. */
export interface ServiceSample {
  /** The upgrade request, on the monotonic clock of the history, in milliseconds. */
  readonly atMs: number;
  readonly connection: string;
  readonly health: Said;
  readonly readiness: Said;
  /** Whether the attempt reached its welcome and a pong. */
  readonly works: boolean;
  /** Whether a run was asked for and ended. */
  readonly ran: boolean;
  readonly entries: readonly number[];
}

const UP = /"status"\s*:\s*"(?:healthy|ok|ready|degraded)"/;

/** The attempts of a history in the order of their upgrade requests, each with the probes that came before it. */
function samplesOf(history: History): readonly ServiceSample[] {
  const health = allOf(history, 'probe').filter(({ name }) => name === 'health');
  const readiness = allOf(history, 'probe').filter(({ name }) => name === 'readiness');
  const ended = new Set(
    runsOf(history).runs.flatMap(({ connection, deliveries }) =>
      deliveries.get(connection)?.terminal === undefined ? [] : [connection],
    ),
  );
  return trusted(history).map((connection) => {
    const { request, name } = connection;
    const before = { health: lastBefore(health, request?.index), readiness: lastBefore(readiness, request?.index) };
    return {
      atMs: request?.atMs ?? 0,
      connection: name,
      health: said(before.health),
      readiness: said(before.readiness),
      works: works(connection),
      ran: ended.has(name),
      entries: [before.health, before.readiness, request].flatMap((entry) =>
        entry === undefined ? [] : [entry.index],
      ),
    };
  });
}

function lastBefore(probes: readonly EntryOf<'probe'>[], index = 0): EntryOf<'probe'> | undefined {
  return probes.findLast((probe) => probe.index < index);
}

function said(probe: EntryOf<'probe'> | undefined): Said {
  if (probe === undefined) return 'not asked';
  if (probe.error !== undefined || probe.status === undefined) return 'no answer';
  return probe.status === 200 && UP.test(probe.body ?? '') ? 'up' : 'down';
}

function works(connection: Connection): boolean {
  const [first] = pair(connection, 'ping', 'pong').pairs;
  return connection.welcome !== undefined && first?.pong !== undefined;
}

/** Consecutive attempts of which none worked. Times are monotonic milliseconds. */
export interface Outage {
  readonly samples: readonly ServiceSample[];
  readonly fromMs: number;
  /** The first attempt that worked again; the last one of all when none did. */
  readonly toMs: number;
  readonly ended: boolean;
}

/** The times in which at least `least` attempts in a row failed. */
export function outagesOf(samples: readonly ServiceSample[], least: number): readonly Outage[] {
  const outages: Outage[] = [];
  let failing: ServiceSample[] = [];
  const finish = (next: ServiceSample | undefined): void => {
    const [first] = failing;
    if (first !== undefined && failing.length >= least) {
      const toMs = (next ?? failing.at(-1) ?? first).atMs;
      outages.push({ samples: failing, fromMs: first.atMs, toMs, ended: next !== undefined });
    }
    failing = [];
  };
  for (const sample of samples) {
    if (sample.works) finish(sample);
    else failing.push(sample);
  }
  finish(undefined);
  return outages;
}

const AGREEMENT_PROMISE = 'while no WebSocket works, health and readiness do not say that all is well';

const CODES = { health: 'health-contradicts-websocket', readiness: 'readiness-lies' } as const;

/** How many attempts in a row must fail before they are an outage: more where some attempts fail anyway. */
export interface AgreementRules {
  readonly least: number;
}

/**
 * Health and readiness agree with what WebSockets do, over the whole history (failure notes FM-72, FM-74). The time in
 * which HTTP is green and WebSocket red is measured from the first failed attempt under a green answer to the first that
 * works again.
 */
export function healthAgreement({ least }: AgreementRules): Check {
  return (history) => {
    const judging = judgement('health-agreement', AGREEMENT_PROMISE);
    const samples = samplesOf(history);
    for (const outage of outagesOf(samples, least)) {
      for (const endpoint of ['health', 'readiness'] as const) judgeEndpoint(judging, outage, endpoint);
    }
    const asked = samples.filter(({ health }) => health !== 'not asked');
    judging.cite(...asked.flatMap(({ entries }) => entries).map((index) => ({ index })));
    return judging.verdict(`health agreed with the WebSocket in all ${asked.length} samples`);
  };
}

function judgeEndpoint(judging: Judgement, { samples, toMs, ended }: Outage, endpoint: keyof typeof CODES): void {
  const green = samples.filter((sample) => sample[endpoint] === 'up');
  const [first] = green;
  if (first === undefined) return;
  const lastedMs = Math.round(toMs - first.atMs);
  const until = ended ? `${lastedMs} ms until one worked again` : `${lastedMs} ms, and none worked again`;
  const found = `HTTP green, WebSocket red for ${until}`;
  const because = `${endpoint} said that all is well before ${green.length} of ${samples.length} attempts in a row that failed: ${found}`;
  judging.violated({
    code: CODES[endpoint],
    expected: AGREEMENT_PROMISE,
    found,
    because,
    entries: green.flatMap(({ entries }) => entries),
    connection: first.connection,
  });
}

const RECOVERY_PROMISE = 'after a restart connections are welcomed again, and a run ends';

/**
 * What a restart looks like from outside: from the first refused connection over health, readiness and WebSocket to the
 * first good run, in milliseconds. Where nothing was refused no restart was seen, which is a note.
 */
export function recovery(): Check {
  return (history) => {
    const judging = judgement('recovery', RECOVERY_PROMISE);
    const samples = samplesOf(history);
    judging.cite(...samples.flatMap(({ entries }) => entries).map((index) => ({ index })));
    const outage = outagesOf(samples, 1).at(-1);
    const [first] = samples;
    if (outage === undefined) {
      const entries = first?.entries ?? [];
      const because = `all ${samples.length} attempts worked`;
      if (first !== undefined) judging.note({ code: 'no-restart-seen', because, entries });
      return judging.verdict(because);
    }
    const after = samples.filter(({ atMs }) => atMs >= outage.fromMs);
    const timeline = milestones(after, outage.fromMs);
    const [only, ...others] = outage.samples;
    if (!outage.ended && others.length === 0 && only !== undefined) {
      const because = 'the last attempt failed, and the test stopped looking before another one';
      judging.doubted({ code: 'not-awaited', because, entries: only.entries, connection: only.connection });
    } else if (!outage.ended || !after.some(({ ran }) => ran)) {
      const entries = outage.samples.flatMap((sample) => sample.entries);
      const connection = outage.samples[0]?.connection ?? '';
      judging.violated({
        code: 'recovery-missing',
        expected: RECOVERY_PROMISE,
        found: timeline,
        because: timeline,
        entries,
        connection,
      });
    }
    return judging.verdict(timeline);
  };
}

function milestones(samples: readonly ServiceSample[], fromMs: number): string {
  const after = (what: string, is: (sample: ServiceSample) => boolean): string => {
    const sample = samples.find(is);
    return sample === undefined ? `${what} never` : `${what} after ${Math.round(sample.atMs - fromMs)} ms`;
  };
  return [
    'from the first refused connection',
    after('health up', ({ health }) => health === 'up'),
    after('ready', ({ readiness }) => readiness === 'up'),
    after('WebSocket works', ({ works }) => works),
    after('first good run', ({ ran }) => ran),
  ].join(', ');
}
