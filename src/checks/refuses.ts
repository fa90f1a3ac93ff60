import type { Connection } from '../history/connections.ts';
import { allOf, connectionsOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { restProbeName } from '../history/probe-names.ts';
import type { ProbeName } from '../history/probe-names.ts';
import { WELCOME_GOALS } from '../history/wait-goals.ts';
import { bypassOf } from './bypass.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Refusal } from './refusal.ts';
import { refusalOfConnection } from './refusal.ts';
import type { Scope } from './subjects.ts';
import { deadlineFor, describeEnd } from './subjects.ts';
import type { Check } from './verdict.ts';

/** The close code after which the browser client gets a new token and connects again, after about 11 s. */
const RENEWED_AFTER = 1008;

const PROMISE = 'a bad credential is refused: HTTP 401 or 403, or an authentication error and close 1008 or 4001';

/**
 * A bad credential is refused, in one of the ways of protocol notes §3.6, and never welcomed; over HTTP it gets 401 or 403. Where the deployment bypasses
 * authentication, the verdict is unknown. A refusal by the network says nothing about the credential.
 */
export function refuses({ of }: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('refusal', PROMISE);
    for (const connection of connectionsOf(history)) {
      const credential = connection.request?.credential;
      if (credential === undefined || credential === 'valid') continue;
      if (of === undefined || of.includes(connection.name)) judge(judging, history, connection, credential);
    }
    for (const probe of of === undefined ? allOf(history, 'probe') : []) {
      const credential = badCredentialOf(probe.name);
      if (credential !== undefined) judgeOverHttp(judging, history, probe, credential);
    }
    return judging.verdict('every bad credential was refused');
  };
}

function judge(judging: Judgement, history: History, connection: Connection, credential: string): void {
  const { name, opened, welcome, entries } = connection;
  const refusal = refusalOfConnection(connection, history);
  if (refusal?.code === 'token-refused') {
    noteOtherCode(judging, connection, refusal);
    return judging.cite(...entries.filter((entry) => refusal.entries.includes(entry.index)));
  }
  if (refusal !== undefined) {
    const because = `the ${credential} credential was never judged: ${refusal.because}`;
    return judging.doubted({ code: 'not-connected', because, entries: refusal.entries, connection: name });
  }
  const last = welcome ?? connection.closed ?? entries.at(-1);
  const cited = entries.filter((entry) => entry === opened || entry === last).map(({ index }) => index);
  const bypass = bypassOf(history);
  if (bypass !== undefined) {
    const because = `${bypass.because}; the ${credential} credential was accepted, as any would be`;
    return judging.doubted({
      code: 'auth-bypass-active',
      because,
      entries: [...bypass.entries, ...cited],
      connection: name,
    });
  }
  if (isOpenQuestion(connection)) {
    const because = `the test stopped listening before anything was decided about the ${credential} credential`;
    return judging.doubted({ code: 'not-awaited', because, entries: cited, connection: name });
  }
  judging.violated({ ...breach(connection, credential), expected: PROMISE, entries: cited, connection: name });
}

/** The bad credential that a probe presented to an authenticated HTTP route. */
function badCredentialOf(name: ProbeName): string | undefined {
  return name === restProbeName('valid') ? undefined : /^rest-with-(.+)$/.exec(name)?.[1];
}

function judgeOverHttp(judging: Judgement, history: History, probe: EntryOf<'probe'>, credential: string): void {
  const { status, error, index } = probe;
  if (status === 401 || status === 403) return judging.cite(probe);
  if (status !== 200) {
    const because = `the ${credential} credential was never judged over HTTP: ${error ?? `HTTP ${status}`}`;
    return judging.doubted({ code: 'not-connected', because, entries: [index] });
  }
  const bypass = bypassOf(history);
  const because = `the ${credential} credential was answered with HTTP 200`;
  if (bypass === undefined) {
    return judging.violated({
      code: 'bad-token-accepted',
      expected: PROMISE,
      found: 'HTTP 200',
      because,
      entries: [index],
    });
  }
  const doubt = `${bypass.because}; ${because}, as any would be`;
  judging.doubted({ code: 'auth-bypass-active', because: doubt, entries: [...bypass.entries, index] });
}

/**
 * What the browser client does with a refusal that is not close 1008: it takes it for a lost connection (protocol notes §12,
 * seen with that client). The refusal is as good as any other.
 */
function noteOtherCode(judging: Judgement, { name, answer, closed }: Connection, { entries }: Refusal): void {
  if (closed?.code === RENEWED_AFTER) return;
  const how = closed === undefined ? `HTTP ${answer?.status ?? 'without status'}` : `close ${closed.code}`;
  const because = `${name} was refused by ${how}: the browser client renews its token only after close 1008, and stays "reconnecting" here`;
  judging.note({ code: 'refused-by-other-code', because, entries });
}

/** The server neither welcomed nor ended the connection, and the test did not wait for either. */
function isOpenQuestion(connection: Connection): boolean {
  if (connection.welcome !== undefined || connection.closed?.by === 'them') return false;
  return WELCOME_GOALS.every((goal) => deadlineFor(connection, goal) === undefined);
}

function breach(
  connection: Connection,
  credential: string,
): Pick<Parameters<Judgement['violated']>[0], 'code' | 'found' | 'because'> {
  if (connection.welcome !== undefined) {
    const because = `the ${credential} credential was welcomed as ${connection.welcome.message.user ?? 'an unnamed user'}`;
    return { code: 'bad-token-accepted', found: 'a welcome', because };
  }
  if (connection.closed !== undefined && connection.closed.by === 'them') {
    const because = `the ${credential} credential ended the connection${describeEnd(connection)}, which names no authentication`;
    return { code: 'refused-unclearly', found: `close ${connection.closed.code}`, because };
  }
  const because = `the ${credential} credential opened a connection that was neither welcomed nor closed`;
  return { code: 'bad-token-undecided', found: 'an open, silent connection', because };
}
