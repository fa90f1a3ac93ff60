import { connectionsOf } from '../history/connections.ts';
import type { Entry, History } from '../history/entry.ts';
import type { MemberJudgement } from './judge-member.ts';
import type { Life } from './life.ts';
import type { MemberResult } from './member-result.ts';
import { foreignNonces, ownNonces } from './nonces.ts';
import type { Phase, Stretch } from './phases.ts';
import { sinceMs } from './phases.ts';
import { memberName } from './span.ts';

/** What is kept of one member. `beganMs` is when the part began. */
export function memberResult(
  { number, user, recorder, connecting, backedOff }: Life,
  { outcome, findings }: MemberJudgement,
  stretches: readonly Stretch[],
  beganMs: number,
): MemberResult {
  const { history } = recorder;
  const nonces = ownNonces(history);
  return {
    number,
    name: memberName(number),
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

function longestOf(stretches: readonly Stretch[]): Readonly<Partial<Record<Phase, number>>> {
  const longest: Partial<Record<Phase, number>> = {};
  for (const { phase, fromMs, toMs } of stretches) {
    longest[phase] = Math.max(longest[phase] ?? 0, Math.round((toMs - fromMs) * 100) / 100);
  }
  return longest;
}

/** The entry that first showed something wrong: the last one that the first finding cites. */
function firstProof(history: History, findings: MemberJudgement['findings']): Entry | undefined {
  const index = Math.max(-1, ...(findings[0]?.entries ?? []));
  return history[index] ?? history.at(-1);
}
