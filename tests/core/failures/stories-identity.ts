import { e2eHeadersAreNeutral, endpoint } from '../../../src/checks/index.ts';
import { judgement } from '../../../src/checks/judgement.ts';
import type { Verdict } from '../../../src/checks/verdict.ts';
import type { DoubtCode, ViolationCode } from '../../../src/checks/findings.ts';
import type { SignatureId } from '../../../src/failures/signatures/index.ts';
import type { Story } from './story.ts';
import { asksBy } from './story.ts';

/** A check that doubts what it judges. */
function doubting(code: DoubtCode): () => Verdict {
  const judging = judgement('told', 'what is told');
  judging.doubted({ code, because: 'it is told so', entries: [] });
  return () => judging.verdict('');
}

/** A check that finds what it judges violated. */
function violating(code: ViolationCode): Story {
  const judging = judgement('told', 'what is told');
  judging.violated({ code, expected: 'it', found: 'another', because: 'it is told so', entries: [] });
  return () => [() => judging.verdict('')];
}

/** Histories about who is who, about HTTP, and about ourselves, by their signature. */
export const OTHERS: Partial<Readonly<Record<SignatureId, Story>>> = {
  'FM-66': (told) => {
    told.socket('c1').asks('expired').refused(401);
    told.socket('c2').ready();
    told.socket('c3').asks('expired').opens().welcomed();
  },
  'bad-token-accepted': (told) => {
    told.socket('c1').asks('expired').opens().welcomed();
  },
  'bad-token-unclear': (told) => void told.socket('c1').asks('expired').opens().closed(1011, 'Internal error'),
  'auth-bypass': (told) => {
    for (const name of ['c1', 'c2']) told.socket(name).asks().opens().welcomed('demo-user-001');
  },
  'FM-67': (told) => {
    told.socket('c1').ready().runs('r1').fiveEvents('r1');
    told.socket('c2').ready().event('r1', 'agent_thinking', { user_id: 'c1-user-of-tests' });
  },
  'FM-68': (told) => {
    const [older, newer] = [told.socket('c1', 'anna').ready(), told.socket('c2', 'anna').ready()];
    newer.runs('r1').fiveEvents('r1');
    older.quiet();
  },
  'secret-exposed': (told) => void told.socket('c1').ready().hears({ type: 'notice', content: '[redacted:token]' }),
  'FM-74': (told) => {
    told.probe({ name: 'readiness', target: 'GET /health/ready', error: 'no answer within 10 s' });
    return [endpoint('readiness')];
  },
  'endpoint-wrong': (told) => {
    told.probe({ name: 'mcp-config', target: 'GET /api/mcp/config', status: 404 });
    return [endpoint('mcp-config')];
  },
  'FM-81': () => [
    () => {
      throw new TypeError('a check that crashes');
    },
  ],
  'reconnect-failed': violating('reconnect-failed'),
  'reconnect-late': violating('reconnect-late'),
  'message-lost': violating('message-lost'),
  'token-expiry': violating('expired-token-mishandled'),
  'limit-mishandled': violating('limit-misanswered'),
  'recovery-missing': violating('recovery-missing'),
  'runs-incomplete': violating('runs-incomplete'),
  'harness-memory': violating('harness-memory-grows'),
  'harness-lag': () => [doubting('harness-lag')],
  'harness-traffic': (told) => {
    asksBy(told.socket('c1'), { marked: true }).opens().welcomed('anna').quiet();
    asksBy(told.socket('c2'), { marked: false }).opens().welcomed('anna').quiet();
    return [e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })];
  },
  'test-incomplete': () => [doubting('nothing-judged')],
  unclassified: () => [doubting('not-welcomed')],
};
