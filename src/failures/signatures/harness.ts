import { findingKind } from '../../checks/findings.ts';
import type { Signature } from '../signature.ts';
import { matchOf } from '../signature.ts';

/** What is wrong with the harness itself, and failures that no signature describes. */
export const HARNESS = [
  {
    id: 'harness-memory',
    title: 'the memory of this harness grows with the length of the run',
    seen: 'The memory of the harness grows from part to part of a long run.',
    meaning: 'A defect of the harness that makes long measurements wrong.',
    phase: 'setup',
    blame: 'harness',
    rule: 'memory after garbage collection rises from part to part of the run',
    specificity: 'combination',
    codes: ['harness-memory-grows'],
    candidates: ['a history that is kept for longer than its test'],
    next: ['Give it to the maintainers of the harness', 'Do not trust the latencies from the end of this run'],
  },
  {
    id: 'FM-81',
    title: 'the harness itself failed',
    seen: 'A verdict with the code `check-crashed`.',
    meaning: 'A check did not judge; its property is not verified.',
    phase: 'setup',
    blame: 'harness',
    rule: 'a check crashed',
    specificity: 'combination',
    codes: ['check-crashed'],
    candidates: ['a defect of a check', 'a library whose interface changed'],
    next: [
      'Give the stack trace measured above to the maintainers of the harness',
      'Do not trust the verdicts of this test',
    ],
  },
  {
    id: 'harness-lag',
    title: 'our own delay could explain the miss',
    seen: 'A missed budget is "Not verified", because the event loop of the harness was as late.',
    meaning: 'The machine that ran the harness was too slow to prove a failure of the service.',
    phase: 'setup',
    blame: 'harness',
    rule: 'a budget was missed while our own event loop was as late',
    specificity: 'family',
    codes: ['harness-lag'],
    candidates: ['too many connections per worker', 'a machine that is too small, or busy'],
    next: ['Lower CONNECTIONS or the number of workers, and run again'],
  },
  {
    id: 'harness-traffic',
    title: 'the harness did not send what it should have sent',
    seen: 'The E2E headers were not sent completely, or a keep-alive of the server got no answer.',
    meaning: 'The harness did not do its part, so what the server did afterwards proves nothing.',
    phase: 'setup',
    blame: 'harness',
    rule: "E2E headers are missing or superfluous, or the server's keep-alive got no answer",
    specificity: 'combination',
    codes: ['headers-not-sent', 'keep-alive-unanswered'],
    candidates: ['a defect of the client', 'a proxy on our side that strips headers'],
    next: ['Look at the upgrade request in the attachment "history"'],
  },
  {
    id: 'test-incomplete',
    title: 'the test did not do what it judges',
    seen: 'A verdict is "Not verified", because nothing was asked, or the test did not wait for the answer.',
    meaning: 'The test does not show what it claims. It is red, because a pass would prove nothing.',
    phase: 'setup',
    blame: 'open',
    rule: 'nothing was asked, not waited for, or could not have shown anything',
    specificity: 'residual',
    codes: ['not-asked', 'not-awaited', 'nothing-judged', 'too-few-to-tell'],
    candidates: [
      'a spec that was changed',
      'fewer attempts than a rate needs',
      'an earlier failure that ended the test',
    ],
    next: ['Give it to the maintainers of the harness'],
  },
  {
    id: 'unclassified',
    title: 'a failure that matches no known signature',
    seen: 'Findings, and none of the other signatures.',
    meaning: 'A failure that is not described yet.',
    phase: 'setup',
    blame: 'open',
    rule: 'no signature matches',
    specificity: 'residual',
    matches: (evidence) => {
      const [first] = evidence.findings;
      const match = matchOf(evidence, evidence.findings);
      if (first === undefined || match === undefined) return undefined;
      return { ...match, phase: findingKind(first.code).phase };
    },
    candidates: ['something new: the findings say what was expected and what was found'],
    next: [
      'Follow the entries of the first finding',
      'When it is understood, add a signature for it in src/failures/signatures',
    ],
  },
] as const satisfies readonly Signature[];
