import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { Budgets } from './budgets.ts';
import type { Judgement } from './judgement.ts';
import { reportLate } from './lag.ts';
import { deadlineFor, describeEnd } from './subjects.ts';

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
