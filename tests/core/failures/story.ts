import { judge } from '../../../src/checks/judgement.ts';
import { conversationChecks, fanOut, preflight, refuses } from '../../../src/checks/index.ts';
import type { Check, Verdict } from '../../../src/checks/index.ts';
import type { History } from '../../../src/history/entry.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import type { Diagnosis } from '../../../src/failures/diagnosis.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { PREFLIGHT_STAGES } from '../../../src/history/probe-names.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';

/** Tells a history. The checks that it returns judge beside the usual ones. */
export type Story = (told: FakeHistory) => readonly Check[] | void;

const USUAL: readonly Check[] = [
  preflight(),
  refuses(),
  fanOut(),
  ...conversationChecks({ budgets: BUDGETS, order: 'exact' }),
];

/** A told history, and what the usual checks and those of its story say of it. */
interface Judged {
  readonly history: History;
  readonly verdicts: readonly Verdict[];
}

/** Tells a story and judges it. */
export function judged(story: Story): Judged {
  const told = fakeHistory();
  const more = story(told) ?? [];
  return judgedBy(told.history, [...USUAL, ...more]);
}

function judgedBy(history: History, checks: readonly Check[]): Judged {
  return { history, verdicts: checks.map((check) => judge(check, history)) };
}

/** The diagnosis of a told history, by all checks that have something to judge in it. */
export function diagnosisOf(story: Story): Diagnosis | undefined {
  return diagnosisOfJudged(judged(story));
}

/** The diagnosis of a history by these checks. */
export function diagnosed(history: History, checks: readonly Check[]): Diagnosis | undefined {
  return diagnosisOfJudged(judgedBy(history, checks));
}

function diagnosisOfJudged({ history, verdicts }: Judged): Diagnosis | undefined {
  return diagnose(
    history,
    verdicts.filter(
      (verdict) => verdict.holds !== 'unknown' || verdict.findings.some(({ code }) => code !== 'not-asked'),
    ),
  );
}

/** How an upgrade request is told in detail. */
export interface Asked {
  readonly carrier?: 'header' | 'subprotocol';
  readonly marked?: boolean;
  readonly user?: string;
}

/** Asks for an upgrade with its token in a certain place, with or without a mark of test traffic. */
export function asksBy(
  socket: FakeConnection,
  { carrier = 'header', marked = false, user = 'anna' }: Asked,
): FakeConnection {
  const headers = {
    ...(carrier === 'header' && { authorization: '[redacted:field]' }),
    ...(marked && { 'x-e2e-test': 'true' }),
  };
  const offered = carrier === 'subprotocol' ? ['jwt-auth', 'jwt.[redacted:token]'] : [];
  const request = { url: 'ws://127.0.0.1/ws', headers, offered, user, credential: 'valid' };
  return socket.fact({ kind: 'handshake-request', ...request });
}

/** Fails an upgrade without an HTTP answer. */
export function failsWith(told: FakeHistory, code: string, because: string): void {
  told.socket('c1').asks().fact({ kind: 'refused', code, because });
}

/** Accepts an upgrade and ends it before the welcome. */
export function closesEarly(told: FakeHistory, code: number, reason = ''): void {
  told.socket('c1').asks().opens().closed(code, reason);
}

/** Accepts an upgrade, sends an error and closes. */
export function failsByError(told: FakeHistory, errorCode: string, text: string, code: number, reason: string): void {
  const error = { type: 'error_message', error_code: errorCode, error_message: text };
  told.socket('c1').asks().opens().hears(error).closed(code, reason);
}

/** Tells the stages of the preflight up to the one that fails. */
export function failsAtStage(told: FakeHistory, stage: (typeof PREFLIGHT_STAGES)[number], error: string): void {
  for (const name of PREFLIGHT_STAGES) {
    if (name === stage) return told.probe({ name, target: 'staging', error });
    told.probe({ name, target: 'staging', found: 'fine' });
  }
}
