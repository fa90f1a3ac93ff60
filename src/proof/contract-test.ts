import { test as contract } from '../../fixtures/index.ts';
import type { Fixture } from '../../fixtures/types.ts';
import { alwaysOnFailures } from '../checks/standard-checks.ts';
import { diagnose } from '../failures/diagnosis.ts';
import { allOf } from '../history/connections.ts';
import { createStepReporter } from '../session/step-reporter.ts';
import { foundBy } from './compare.ts';
import type { ProofOfTest } from './reporter.ts';
import { PROOF_ATTACHMENT } from './reporter.ts';

export * from '../../fixtures/index.ts';

/** Reports no steps: thousands of tests would spend most of their time on them. */
const stepReporter: Fixture<'stepReporter'> = ({}, use) => use(createStepReporter(() => Promise.resolve()));

/**
 * Attaches what the proof needs of one test: findings, diagnosis, the faults that fired, and errors that are no verdicts. A
 * failure is marked as expected, because Playwright starts a new worker after every other one; the proof reads the outcome
 * from the attachment.
 */
const evidence: Fixture<'evidence'> = async ({ session, exemptFrom, knownFailure }, use, testInfo) => {
  await use(knownFailure);
  await session.retryRefused();
  await session.close();
  const { history, judgements } = session;
  const judged = judgements.verdicts();
  const verdicts = [...judged, ...alwaysOnFailures(history, judged, exemptFrom)];
  const diagnosis = diagnose(history, verdicts)?.signature;
  const proof: ProofOfTest = {
    red: verdicts.some(({ holds }) => holds !== true),
    findings: foundBy(verdicts),
    fired: [...new Set(allOf(history, 'fault').map(({ name }) => name))],
    lagMs: Math.max(0, ...allOf(history, 'lag').map(({ lateMs }) => lateMs)),
    errors: testInfo.errors.map(({ message }) => message ?? '').filter((message) => !isVerdict(message)),
    ...(diagnosis !== undefined && { diagnosis }),
  };
  await testInfo.attach(PROOF_ATTACHMENT, { body: JSON.stringify(proof), contentType: 'application/json' });
  if (testInfo.errors.length > 0) testInfo.fail();
};

function isVerdict(message: string): boolean {
  return message.includes('Violated: ') || message.includes('Not verified: ');
}

/** The `test` with which `npm run prove` compiles the contract specs: the same fixtures, but for what reports the outcome. */
export const test = contract.extend({ stepReporter, evidence });
