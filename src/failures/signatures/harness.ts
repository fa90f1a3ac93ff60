import { findingKind } from '../../checks/findings.ts';
import { matchOf, onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

/** What is wrong with us, and what nobody recognises. */
export const HARNESS_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-81',
    title: 'the harness itself failed',
    phase: 'setup',
    blame: 'harness',
    rule: 'a check crashed',
    specificity: 'combination',
    matches: onFinding(['check-crashed']),
    candidates: ['a defect of a check', 'a library whose interface changed'],
    next: ['Hand the stack trace measured above to whoever maintains the harness', 'Believe no verdict of this test'],
  },
  {
    id: 'harness-lag',
    title: 'our own delay could explain the miss',
    phase: 'setup',
    blame: 'harness',
    rule: 'a budget was missed while our own event loop was as late',
    specificity: 'family',
    matches: onFinding(['harness-lag']),
    candidates: ['too many connections per worker', 'a machine that is too small, or busy'],
    next: ['Lower CONNECTIONS or the number of workers, and run again'],
  },
  {
    id: 'harness-traffic',
    title: 'the harness did not send what it should have sent',
    phase: 'setup',
    blame: 'harness',
    rule: "E2E headers are missing or superfluous, or the server's keep-alive was left without an answer",
    specificity: 'combination',
    matches: onFinding(['headers-not-sent', 'keep-alive-unanswered']),
    candidates: ['a defect of the client', 'a proxy on our side that strips headers'],
    next: ['Look at the upgrade request in the attachment "history"'],
  },
  {
    id: 'test-incomplete',
    title: 'the test did not do what it judges',
    phase: 'setup',
    blame: 'harness',
    rule: 'nothing was asked, not waited for, or could not have shown anything',
    specificity: 'residual',
    matches: onFinding(['not-asked', 'not-awaited', 'nothing-judged', 'too-few-to-tell']),
    candidates: [
      'a spec that was changed',
      'fewer attempts than a rate needs',
      'an earlier failure that ended the test',
    ],
    next: ['Hand it to whoever maintains the harness'],
  },
  {
    id: 'unclassified',
    title: 'a failure that matches no known signature',
    phase: 'setup',
    blame: 'product',
    rule: 'no signature matches',
    specificity: 'residual',
    matches: (evidence) => {
      const [first] = evidence.findings;
      const match = matchOf(evidence, evidence.findings);
      if (first === undefined || match === undefined) return undefined;
      return { ...match, phase: findingKind(first.code).phase, blame: first.blame };
    },
    candidates: ['something new: the findings say what was expected and what was found'],
    next: ['Follow the entries of the first finding', 'When it is understood, add it to docs/failures.md'],
  },
];
