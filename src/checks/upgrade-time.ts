import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { Blame } from './blame.ts';
import type { Judgement } from './judgement.ts';
import { reportLate } from './lag.ts';
import type { Waited } from './waits.ts';
import { lateWaits, waited } from './waits.ts';

/** Who is to blame for late upgrades, and what shows it, as a clause. */
interface LateUpgrade {
  readonly blame: Blame;
  readonly shownBy: string;
}

/**
 * Every upgrade is answered in time; without a budget nothing is judged. Late upgrades are one finding. Evidence decides the
 * blame: where the network took most of the time, or HTTP was as slow, it is the environment's; where only the answer to the upgrade
 * was slow, and HTTP or other upgrades were fast, it is the product's. Without such evidence the operators look first.
 */
export function judgeUpgradeTime(
  judging: Judgement,
  history: History,
  connections: readonly Connection[],
  budgetMs = Infinity,
): void {
  const waits = connections.flatMap(({ name, request, opened }) =>
    request === undefined || opened === undefined ? [] : [waited(name, request, opened)],
  );
  const late = lateWaits(waits, { what: 'upgrade', after: 'its request', budgetMs });
  if (late === undefined) return;
  const { worst, because, ...finding } = late;
  const connection = connections.find(({ name }) => name === worst.name);
  const { blame, shownBy } = causeOf(history, waits, worst, connection);
  const span = { fromMs: worst.from.atMs, toMs: worst.to.atMs };
  const violation = { ...finding, code: 'upgrade-late', blame, because: `${because}; ${shownBy}` } as const;
  reportLate(judging, history, { span, budgetMs }, violation);
}

function causeOf(
  history: History,
  waits: readonly Waited[],
  { from, tookMs }: Waited,
  connection: Connection | undefined,
): LateUpgrade {
  const networkMs = (connection?.reached?.atMs ?? from.atMs) - from.atMs;
  if (networkMs > tookMs / 2) {
    return {
      blame: 'environment',
      shownBy: `the network took ${Math.round(networkMs)} ms of it, before the request was sent`,
    };
  }
  const slowestMs = slowestHttp(history);
  if (slowestMs !== undefined) {
    const slowest = `the slowest HTTP answer of the same test took ${Math.round(slowestMs)} ms`;
    if (slowestMs > tookMs / 2) return { blame: 'environment', shownBy: `${slowest}: everything was slow` };
    return { blame: 'product', shownBy: `${slowest}: upgrades alone are slow` };
  }
  const fastestMs = Math.min(...waits.map((wait) => wait.tookMs));
  if (fastestMs < tookMs / 2) {
    return {
      blame: 'product',
      shownBy: `the fastest upgrade of the same test took ${Math.round(fastestMs)} ms over the same network`,
    };
  }
  return { blame: 'environment', shownBy: 'whether HTTP was as slow was not asked in this test' };
}

function slowestHttp(history: History): number | undefined {
  const answers = allOf(history, 'probe').filter(({ status }) => status !== undefined);
  return answers.length === 0 ? undefined : Math.max(...answers.map(({ durationMs }) => durationMs));
}
