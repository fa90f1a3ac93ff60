import { isDoubt, isRepetition } from '../../checks/findings.ts';
import { judge } from '../../checks/judgement.ts';
import type { Check, Verdict } from '../../checks/verdict.ts';
import type { History } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { LagSample } from '../../client/lag-sampler.ts';
import { lagWithin } from './own-lag.ts';
import type { UserFinding, UserOutcome } from './user-result.ts';
import { endOf } from './latency-metrics.ts';

const NOTABLE_LAG_MS = 30;

/** What the checks say of one member. */
export interface UserJudgement {
  readonly outcome: UserOutcome;
  readonly findings: readonly UserFinding[];
}

/**
 * Judges one finished member. When something is wrong, our own delays during its life are recorded first and it is judged
 * again, so that what they could explain becomes a doubt that blames the harness (design rule 11).
 */
export function judgeUser(recorder: Recorder, checks: readonly Check[], lag: readonly LagSample[]): UserJudgement {
  const first = judgementOf(recorder.history, checks);
  if (first.outcome === 'passed' || !recordLag(recorder, lag)) return first;
  return judgementOf(recorder.history, checks);
}

function judgementOf(history: History, checks: readonly Check[]): UserJudgement {
  const findings = checks.map((check) => judge(check, history)).flatMap(findingsOf);
  if (findings.length === 0) return { outcome: 'passed', findings };
  const failed = findings.some(({ certain }) => certain);
  const told = failed ? findings.filter(({ certain, code }) => certain || !isRepetition(code)) : findings;
  return { outcome: failed ? 'failed' : 'unverified', findings: told };
}

function findingsOf(verdict: Verdict): readonly UserFinding[] {
  if (verdict.holds === true) return [];
  const { check, holds } = verdict;
  return verdict.findings.map((finding) => ({ ...finding, check, certain: holds === false && !isDoubt(finding.code) }));
}

function recordLag(recorder: Recorder, samples: readonly LagSample[]): boolean {
  const [first] = recorder.history;
  const last = endOf(recorder.history);
  if (first === undefined || last === undefined) return false;
  const notable = lagWithin(samples, first.atMs, last.atMs).filter(({ lateMs }) => lateMs >= NOTABLE_LAG_MS);
  for (const { atMs, lateMs } of notable) recorder.record('', { kind: 'lag', lateMs }, atMs);
  return notable.length > 0;
}
