import type { Connection } from '../history/connections.ts';
import type { Entry, History } from '../history/entry.ts';
import type { Budgets } from '../history/budgets.ts';
import { runName, runsAskedOn } from '../history/runs.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { reportLate } from './lag.ts';
import type { Pair, Pairing } from './ping-pairs.ts';
import { pair } from './ping-pairs.ts';
import type { Scope } from './subjects.ts';
import { deadlineFor, describeEnd, doubtUnasked, openedSubjects, unreadNamed } from './subjects.ts';
import type { Check } from './verdict.ts';
import { allOf } from '../history/connections.ts';

const PROMISE =
  'each ping is answered by one pong, each heartbeat by one heartbeat_ack, in time, on the same connection';

type PongBudget = Pick<Budgets, 'pongBudgetMs'>;

type PongAnswer = 'pong' | 'heartbeat_ack';

/**
 * Both levels of keep-alive, in both directions: JSON `ping`/`pong` and `heartbeat`/`heartbeat_ack` (protocol notes §6),
 * and RFC 6455 ping/pong control frames (§5.5.2). We must have answered the pings of the server. A heartbeat of
 * the server does not answer a ping.
 */
export function heartbeat(budgets: PongBudget, scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('heartbeat', PROMISE);
    for (const connection of openedSubjects(judging, history, scope)) {
      judgeAnswers(judging, history, connection, budgets);
      judgeControlPings(judging, history, connection, budgets);
      judgeKeepAlive(judging, connection);
      if (!connection.entries.some(isQuestion)) doubtUnasked(judging, connection);
    }
    return judging.verdict('every ping and heartbeat was answered once and in time');
  };
}

function isQuestion(entry: Entry): boolean {
  if (entry.kind === 'sent') return entry.message.meaning === 'ping' || entry.message.meaning === 'heartbeat';
  return entry.kind === 'control' && entry.direction === 'sent' && entry.opcode === 'ping';
}

function judgeAnswers(judging: Judgement, history: History, connection: Connection, budgets: PongBudget): void {
  const pings = pair(connection, 'ping', 'pong');
  const { pairs, mismatched, surplus } = pings;
  for (const each of owed(connection, pings, 'pong')) judgePair(judging, history, connection, each, budgets, 'pong');
  const heartbeats = pair(connection, 'heartbeat', 'heartbeat-ack');
  for (const each of owed(connection, heartbeats, 'heartbeat_ack'))
    judgePair(judging, history, connection, each, budgets, 'heartbeat_ack');
  for (const pong of [...mismatched, ...heartbeats.mismatched]) {
    const because = `${pong.message.type} (#${pong.index}) echoes ${pong.message.echo}, which this connection never sent`;
    judging.violated({
      code: 'pong-mismatched',
      expected: 'an echo of an open ping',
      found: `an echo of ${pong.message.echo}`,
      because,
      entries: [pong.index],
      connection: connection.name,
    });
  }
  for (const pong of [...surplus, ...heartbeats.surplus]) {
    const because = `${pong.message.type} (#${pong.index}) answers a question that was already answered, or never asked`;
    judging.violated({
      code: 'pong-duplicated',
      expected: `${pairs.length} pongs`,
      found: 'one more',
      because,
      entries: [pong.index],
      connection: connection.name,
    });
  }
}

/** The questions to judge. Where an answer to something else ended the wait, that answer is the finding, and the silence is not reported too. */
function owed(connection: Connection, { pairs, mismatched }: Pairing, answer: PongAnswer): readonly Pair[] {
  const elsewhere = [...mismatched];
  return pairs.filter(({ ping, pong }) => {
    if (pong !== undefined || deadlineFor(connection, answer, ping.index) !== undefined) return true;
    const wrong = elsewhere.findIndex(({ index }) => index > ping.index);
    if (wrong === -1) return true;
    elsewhere.splice(wrong, 1);
    return false;
  });
}

function judgePair(
  judging: Judgement,
  history: History,
  connection: Connection,
  { ping, pong }: Pair,
  { pongBudgetMs }: PongBudget,
  answer: PongAnswer,
): void {
  const during = whileRunning(history, connection, ping, pong);
  if (pong === undefined) return judgeSilence(judging, connection, ping.index, answer, during);
  judging.cite(ping, pong);
  const tookMs = pong.atMs - ping.atMs;
  if (tookMs <= pongBudgetMs) return;
  const because = `${answer} (#${pong.index}) came ${Math.round(tookMs)} ms after its question (#${ping.index}); ${pongBudgetMs} ms are allowed${during}`;
  const expected = `${answer} within ${pongBudgetMs} ms`;
  const span = { fromMs: ping.atMs, toMs: pong.atMs };
  const entries = [ping.index, pong.index];
  reportLate(
    judging,
    history,
    { span, budgetMs: pongBudgetMs },
    { code: 'pong-late', expected, found: `${Math.round(tookMs)} ms`, because, entries, connection: connection.name },
  );
}

/**
 * The run that was under way while an answer was owed, as a clause: a server that handles one message after the other answers
 * a ping only when the run is over (protocol notes §6, observed on beta-9).
 */
function whileRunning(history: History, { name }: Connection, ping: Pair['ping'], pong: Pair['pong']): string {
  for (const run of runsAskedOn(history, name)) {
    const end = run.deliveries.get(name)?.terminal;
    if (run.request.index > ping.index || (end !== undefined && end.index < ping.index)) continue;
    if (end === undefined) return pong === undefined ? `; ${runName(run)} was under way all the time` : '';
    if (pong === undefined) return `; ${runName(run)} was under way until #${end.index}`;
    if (pong.index < end.index) return '';
    const afterMs = Math.round(pong.atMs - end.atMs);
    return `; ${runName(run)} was under way until #${end.index}, and the answer came ${afterMs} ms after its end: nothing is answered during a run`;
  }
  return '';
}

function judgeSilence(
  judging: Judgement,
  connection: Connection,
  asked: number,
  answer: PongAnswer,
  during: string,
): void {
  const deadline = deadlineFor(connection, answer, asked);
  const ended = connection.closed?.by === 'them' ? connection.closed : undefined;
  const unread = unreadNamed(connection, (type) => type === answer, asked);
  if (unread !== undefined) {
    const because = `the ${answer} may be message #${unread.index}, which cannot be read: ${unread.problem ?? unread.why}`;
    const entries = [asked, unread.index];
    return judging.doubted({ code: 'unreadable-instead', because, entries, connection: connection.name });
  }
  if (deadline === undefined && ended === undefined) {
    const because = `the test stopped listening before ${answer} was due`;
    return judging.doubted({ code: 'not-awaited', because, entries: [asked], connection: connection.name });
  }
  const waited = deadline === undefined ? '' : ` within ${Math.round(deadline.afterMs)} ms`;
  const because = `the question (#${asked}) got no ${answer}${waited}${during}${describeEnd(connection)}`;
  const entries = [asked, ...[deadline, ended].flatMap((entry) => (entry === undefined ? [] : [entry.index]))];
  const code = answer === 'pong' ? 'pong-missing' : 'heartbeat-unanswered';
  judging.violated({ code, expected: answer, found: `no ${answer}`, because, entries, connection: connection.name });
}

/** Every ping control frame that we sent was answered by a pong with the same payload (RFC 6455 §5.5.3). */
export function judgeControlPings(
  judging: Judgement,
  history: History,
  connection: Connection,
  { pongBudgetMs }: Pick<Budgets, 'pongBudgetMs'>,
): void {
  const controls = allOf(connection.entries, 'control');
  for (const ping of controls.filter(({ direction, opcode }) => direction === 'sent' && opcode === 'ping')) {
    const pong = controls.find(
      ({ direction, opcode, payload, index }) =>
        direction === 'received' && opcode === 'pong' && payload === ping.payload && index > ping.index,
    );
    if (pong !== undefined) {
      judging.cite(ping, pong);
      const tookMs = pong.atMs - ping.atMs;
      if (tookMs <= pongBudgetMs) continue;
      const because = `the pong frame (#${pong.index}) came ${Math.round(tookMs)} ms after the ping frame (#${ping.index})`;
      const span = { fromMs: ping.atMs, toMs: pong.atMs };
      const expected = `a pong frame within ${pongBudgetMs} ms`;
      const entries = [ping.index, pong.index];
      const found = `${Math.round(tookMs)} ms`;
      reportLate(
        judging,
        history,
        { span, budgetMs: pongBudgetMs },
        { code: 'pong-late', expected, found, because, entries, connection: connection.name },
      );
      continue;
    }
    const deadline = deadlineFor(connection, 'pong frame', ping.index);
    if (deadline === undefined && connection.closed?.by !== 'them') {
      const because = 'the test stopped listening before the pong frame was due';
      judging.doubted({ code: 'not-awaited', because, entries: [ping.index], connection: connection.name });
      continue;
    }
    const because = `the ping frame (#${ping.index}) got no pong frame${describeEnd(connection)}`;
    const entries = [ping.index, ...(deadline === undefined ? [] : [deadline.index])];
    const expected = 'a pong frame with the same payload';
    judging.violated({
      code: 'control-ping-unanswered',
      expected,
      found: 'none',
      because,
      entries,
      connection: connection.name,
    });
  }
}

/**
 * We answered the keep-alive messages of the server: `ping` with `pong`, `heartbeat` with `heartbeat_ack`, a ping frame with a
 * pong frame. What arrives while the connection ends needs no answer, because we can send nothing more. In the recording of a
 * browser the silence is a note: the browser client of the product answers neither (protocol notes §12, seen with that client).
 */
export function judgeKeepAlive(judging: Judgement, connection: Connection): void {
  const { name, entries, closed } = connection;
  const isBrowser = connection.request?.headers['user-agent']?.startsWith('Mozilla/') === true;
  entries.forEach((asked, position) => {
    const answers = answersTo(asked);
    if (answers === undefined) return;
    const answer = firstFrom(entries, position, answers);
    if (answer !== undefined) return judging.cite(asked, answer);
    if (closed !== undefined && firstFrom(entries, position, ({ kind }) => kind === 'sent') === undefined) return;
    if (isBrowser) return noteSilence(judging, asked);
    const because = `the server's keep-alive (#${asked.index}) was left without an answer by this harness`;
    const expected = 'an answer from us';
    judging.violated({
      code: 'keep-alive-unanswered',
      expected,
      found: 'none',
      because,
      entries: [asked.index],
      connection: name,
    });
  });
}

/** The first entry from a position on that is wanted. It copies nothing: a server may ask thousands of times. */
function firstFrom(
  entries: readonly Entry[],
  position: number,
  isWanted: (entry: Entry) => boolean,
): Entry | undefined {
  for (let at = position; at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry !== undefined && isWanted(entry)) return entry;
  }
  return undefined;
}

function noteSilence(judging: Judgement, asked: Entry): void {
  const because = `the browser left the server's keep-alive (#${asked.index}) without an answer, as the browser client does`;
  judging.note({ code: 'browser-silent', because, entries: [asked.index] });
}

function answersTo(entry: Entry): ((candidate: Entry) => boolean) | undefined {
  if (entry.kind === 'received' && entry.message.meaning === 'ping') return isSent('pong');
  if (entry.kind === 'received' && entry.message.meaning === 'heartbeat') return isSent('heartbeat-ack');
  if (entry.kind === 'control' && entry.direction === 'received' && entry.opcode === 'ping') {
    return (candidate) => candidate.kind === 'control' && candidate.direction === 'sent' && candidate.opcode === 'pong';
  }
  return undefined;
}

function isSent(meaning: 'pong' | 'heartbeat-ack'): (candidate: Entry) => boolean {
  return (candidate) => candidate.kind === 'sent' && candidate.message.meaning === meaning;
}
