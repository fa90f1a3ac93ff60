import { connectionsOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import type { UserJudgement } from './judge-user.ts';
import type { UserSession } from './user-session.ts';
import type { UserResult } from './user-result.ts';
import { foreignNonces, ownNonces } from './nonces.ts';
import type { LatencyMetric, Timing } from './latency-metrics.ts';
import { sinceMs } from './latency-metrics.ts';
import { connectionName } from '../execute/user-range.ts';

/** What is kept of one member. `beganMs` is when the part began. */
export function userResult(
  { number, user, recorder, connecting, backedOff }: UserSession,
  { outcome, findings }: UserJudgement,
  stretches: readonly Timing[],
  beganMs: number,
): UserResult {
  const { history } = recorder;
  const nonces = ownNonces(history);
  return {
    number,
    name: connectionName(number),
    user,
    outcome,
    findings,
    phasesMs: longestOf(stretches),
    intendedAtMs: Math.round(connecting.intendedMs - beganMs),
    startedAtMs: Math.round(connecting.actualMs - beganMs),
    openedAtMs: sinceMs(connectionsOf(history)[0]?.opened, beganMs),
    failedAtMs: outcome === 'passed' ? undefined : sinceMs(firstProof(history, findings), beganMs),
    backedOff,
    nonces,
    foreignNonces: foreignNonces(history, nonces),
    entries: history.length,
  };
}

function longestOf(stretches: readonly Timing[]): Readonly<Partial<Record<LatencyMetric, number>>> {
  const longest: Partial<Record<LatencyMetric, number>> = {};
  for (const { phase, fromMs, toMs } of stretches) {
    longest[phase] = Math.max(longest[phase] ?? 0, Math.round((toMs - fromMs) * 100) / 100);
  }
  return longest;
}

/** The entry that first showed something wrong: the last one that the first finding cites. */
function firstProof(history: History, findings: UserJudgement['findings']): Entry | undefined {
  const index = Math.max(-1, ...(findings[0]?.entries ?? []));
  return history[index] ?? history.at(-1);
}
