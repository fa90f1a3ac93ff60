import { e2eHeadersAreNeutral, endpoint } from '../../../../src/checks/index.ts';
import { judgement } from '../../../../src/checks/judgement.ts';
import type { Verdict } from '../../../../src/checks/verdict.ts';
import type { DoubtCode, ViolationCode } from '../../../../src/checks/findings.ts';
import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import type { MakeHistory } from '../diagnosed-history.ts';
import { asksBy } from '../diagnosed-history.ts';

/** A check that doubts what it judges. */
function doubting(code: DoubtCode): () => Verdict {
  const judging = judgement('invented', 'what this test invents');
  judging.doubted({ code, because: 'this test invents it', entries: [] });
  return () => judging.verdict('');
}

/** A check that finds what it judges violated. */
function violating(code: ViolationCode): MakeHistory {
  const judging = judgement('invented', 'what this test invents');
  judging.violated({ code, expected: 'it', found: 'another', because: 'this test invents it', entries: [] });
  return () => [() => judging.verdict('')];
}

/** Histories about who is who, about HTTP, and about ourselves, by their signature. */
export const OTHERS: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  'FM-66': (fake) => {
    fake.socket('c1').asks('expired').refused(401);
    fake.socket('c2').ready();
    fake.socket('c3').asks('expired').opens().welcomed();
  },
  'bad-token-accepted': (fake) => {
    fake.socket('c1').asks('expired').opens().welcomed();
  },
  'bad-token-unclear': (fake) => void fake.socket('c1').asks('expired').opens().closed(1011, 'Internal error'),
  'auth-bypass': (fake) => {
    for (const name of ['c1', 'c2']) fake.socket(name).asks().opens().welcomed('demo-user-001');
  },
  'FM-67': (fake) => {
    fake.socket('c1').ready().runs('r1').fiveEvents('r1');
    fake.socket('c2').ready().event('r1', 'agent_thinking', { user_id: 'c1-user-of-tests' });
  },
  'FM-68': (fake) => {
    const [older, newer] = [fake.socket('c1', 'anna').ready(), fake.socket('c2', 'anna').ready()];
    newer.runs('r1').fiveEvents('r1');
    older.quiet();
  },
  'secret-exposed': (fake) => void fake.socket('c1').ready().receives({ type: 'notice', content: '[redacted:token]' }),
  'FM-74': (fake) => {
    fake.probe({ name: 'readiness', target: 'GET /health/ready', error: 'no answer within 10 s' });
    return [endpoint('readiness')];
  },
  'endpoint-wrong': (fake) => {
    fake.probe({ name: 'mcp-config', target: 'GET /api/mcp/config', status: 404 });
    return [endpoint('mcp-config')];
  },
  'FM-81': () => [
    () => {
      throw new TypeError('a check that crashes');
    },
  ],
  'known-thread-replaced': violating('known-thread-replaced'),
  'reconnect-failed': violating('reconnect-failed'),
  'reconnect-late': violating('reconnect-late'),
  'message-lost': violating('message-lost'),
  'token-expiry': violating('expired-token-mishandled'),
  'limit-mishandled': violating('limit-misanswered'),
  'recovery-missing': violating('recovery-missing'),
  'runs-incomplete': violating('runs-incomplete'),
  'harness-memory': violating('harness-memory-grows'),
  'harness-lag': () => [doubting('harness-lag')],
  'harness-traffic': (fake) => {
    asksBy(fake.socket('c1'), { marked: true }).opens().welcomed('anna').quiet();
    asksBy(fake.socket('c2'), { marked: false }).opens().welcomed('anna').quiet();
    return [e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })];
  },
  'test-incomplete': () => [doubting('nothing-judged')],
  unclassified: () => [doubting('not-welcomed')],
};
