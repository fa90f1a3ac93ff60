import { expect, test } from '@playwright/test';
import { conversationChecks, fanOut, preflight, refuses } from '../../../src/checks/index.ts';
import type { Check, Verdict } from '../../../src/checks/index.ts';
import { judge } from '../../../src/checks/judgement.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import type { Diagnosis } from '../../../src/failures/diagnosis.ts';
import type { SignatureId } from '../../../src/failures/signatures/index.ts';
import type { History } from '../../../src/history/entry.ts';
import { PREFLIGHT_STAGES } from '../../../src/history/probe-names.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';

/** Fills a history. The checks that it returns judge it beside the usual ones. */
export type MakeHistory = (fake: FakeHistory) => readonly Check[] | void;

const USUAL: readonly Check[] = [
  preflight(),
  refuses(),
  fanOut(),
  ...conversationChecks({ budgets: BUDGETS, order: 'exact' }),
];

/** A history and its verdicts. */
interface Judged {
  readonly history: History;
  readonly verdicts: readonly Verdict[];
}

/** Makes a history and judges it by the usual checks and those that it brings. */
export function judged(make: MakeHistory): Judged {
  const fake = fakeHistory();
  const checks = [...USUAL, ...(make(fake) ?? [])];
  return { history: fake.history, verdicts: checks.map((check) => judge(check, fake.history)) };
}

/** The diagnosis of a history, by all checks that have something to judge in it. */
export function diagnosisOf(make: MakeHistory): Diagnosis | undefined {
  const { history, verdicts } = judged(make);
  return diagnose(
    history,
    verdicts.filter(
      (verdict) => verdict.holds !== 'unknown' || verdict.findings.some(({ code }) => code !== 'not-asked'),
    ),
  );
}

/** A history, and the signature that it is diagnosed as. */
export interface DiagnosisCase {
  /** Completes "diagnosed as X: ". */
  readonly when: string;
  readonly history: MakeHistory;
  /** `undefined` where nothing is wrong. */
  readonly signature: SignatureId | undefined;
}

/** One test per case. */
export function testDiagnoses(cases: readonly DiagnosisCase[]): void {
  for (const { when, history, signature } of cases) {
    test(`diagnosed as ${signature ?? 'no failure'}: ${when}`, () => {
      expect(diagnosisOf(history)?.signature).toBe(signature);
    });
  }
}

/** What an upgrade request carries. */
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
export function failsWith(fake: FakeHistory, code: string, because: string): void {
  fake.socket('c1').asks().fact({ kind: 'refused', code, because });
}

/** Accepts an upgrade and ends it before the welcome. */
export function closesEarly(fake: FakeHistory, code: number, reason = '', name = 'c1'): void {
  fake.socket(name).asks().opens().closed(code, reason);
}

/** Accepts an upgrade, sends an error and closes. */
export function failsByError(fake: FakeHistory, errorCode: string, text: string, code: number, reason: string): void {
  const error = { type: 'error_message', error_code: errorCode, error_message: text };
  fake.socket('c1').asks().opens().receives(error).closed(code, reason);
}

/** Records the stages of the preflight up to the one that fails. */
export function failsAtStage(fake: FakeHistory, stage: (typeof PREFLIGHT_STAGES)[number], error: string): void {
  for (const name of PREFLIGHT_STAGES) {
    if (name === stage) return fake.probe({ name, target: 'staging', error });
    fake.probe({ name, target: 'staging', found: 'fine' });
  }
}

/** Accepts connections of one user, ten seconds apart. Each is closed with 1011 after its age in milliseconds, or welcomed where that is `ready`. */
export function connectionsOfAges(
  fake: FakeHistory,
  ages: readonly (number | 'ready')[],
  { user = 'anna', reason = '' } = {},
): void {
  for (const [number, age] of ages.entries()) {
    const startMs = (number + 1) * 10_000;
    fake.at(startMs);
    const socket = asksBy(fake.socket(`c${number + 1}`, user), { user });
    fake.at(startMs + 20);
    socket.opens();
    fake.at(startMs + 20 + (age === 'ready' ? 10 : age));
    if (age === 'ready') socket.welcomed(user);
    else socket.closed(1011, reason);
  }
}
