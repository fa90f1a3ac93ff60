import type { Credential, TokenFlaw } from '../../behaviour/attempt.ts';
import type { Fault } from '../fault.ts';
import { openFor, refuseByClose, refuseByErrorFrame, refuseByStatus, refuseWith } from '../../handshake/decisions.ts';
import type { HttpAnswer } from '../../http/http-exchange.ts';
import { closeWith } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import type { Refuse } from '../../handshake/decisions.ts';
import { finds } from './provocation.ts';

const PROTECTED_PATH = '/api/threads';
const ANYBODY = 'anonymous-user';

/** The flaws of the bad credentials that a client can present. */
const PRESENTED_FLAWS = [
  'no-token',
  'malformed',
  'alg-none',
  'wrong-secret',
  'expired',
  'not-yet-valid',
  'wrong-issuer',
  'wrong-audience',
] as const satisfies readonly TokenFlaw[];

/** How frameworks and proxies close on a token that they refuse: with a code of their own, or a reason (protocol notes §9.2). */
const CODES_OF_OTHERS = [
  [1002, 'Invalid authentication token'],
  [1000, 'Authentication required'],
  [3000, 'Unauthorized'],
  [3003, ''],
  [4401, ''],
  [4403, 'Forbidden'],
] as const;

/** Tokens that are judged wrongly (failure notes FM-06, FM-08, FM-28, FM-66). */
export const TOKEN_FAULTS: readonly Fault[] = [
  ...PRESENTED_FLAWS.map(acceptFlawed),
  refuseGood('401', 'HTTP 401', refuseByStatus(401), 'FM-08'),
  refuseGood('403', 'HTTP 403', refuseByStatus(403), 'FM-06'),
  refuseGood('1008', 'an error frame and close 1008', refuseByErrorFrame(1008, 'SSOT Auth failed'), 'FM-28'),
  refuseGood('4001', 'close 4001', refuseByClose(4001, 'Authentication failed'), 'FM-28'),
  refuseGood('1011', 'an error frame and close 1011', refuseByErrorFrame(1011, 'SSOT Auth failed'), 'FM-28'),
  ...CODES_OF_OTHERS.map(([code, reason]) =>
    refuseGood(String(code), `close ${code} ${JSON.stringify(reason)}`, refuseByClose(code, reason), 'FM-28'),
  ),
  unclear('refuse-bad-token-by-1000', 'Closes with 1000 on a bad token.', 'refused-unclearly', [
    closeWith(1000, 'main cleanup'),
  ]),
  unclear('keep-bad-token-waiting', 'Neither welcomes nor refuses a bad token.', 'bad-token-undecided', []),
  {
    name: 'refuse-good-token-over-websocket',
    does: 'Answers the upgrade with HTTP 403 although the same token is accepted over HTTP.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'upgrade-forbidden'), finds('same-judgement', 'judged-differently', 'product')],
    diagnosis: 'FM-07',
    handshake: (decision, { attempt }) => (attempt.credential.valid ? refuseWith(403) : decision),
  },
  {
    name: 'identity-cache',
    does: 'Gives every client with E2E headers the identity of the first one that was let in, whatever its token.',
    hits: 'handshake',
    mustFind: [finds('welcome', 'welcome-wrong-user'), finds('refusal', 'bad-token-accepted')],
    mayAlsoFind: [
      finds('isolation', 'foreign-event'),
      finds('isolation', 'foreign-user'),
      finds('isolation', 'foreign-thread'),
      finds('isolation', 'foreign-run'),
      finds('agent-run', 'event-duplicated'),
      finds('agent-run', 'event-after-end'),
      finds('same-judgement', 'judged-differently'),
    ],
    diagnosis: 'FM-66',
    handshake: (decision, context) => {
      const first = context.admissions.find(({ marked }) => marked);
      if (first === undefined || !context.attempt.marked) return decision;
      return decision.kind === 'open' && decision.userId === first.userId ? decision : openFor(first.userId, context);
    },
  },
  {
    name: 'e2e-headers-change-behaviour',
    does: 'Refuses upgrades with HTTP 403 when they carry E2E headers.',
    hits: 'handshake',
    mustFind: [
      finds('e2e-headers', 'headers-change-behaviour'),
      finds('handshake', 'upgrade-forbidden'),
      finds('same-judgement', 'judged-differently', 'product'),
    ],
    diagnosis: 'FM-77',
    handshake: (decision, { attempt }) => (attempt.marked && attempt.credential.valid ? refuseWith(403) : decision),
  },
];

function unclear(name: string, does: string, code: 'refused-unclearly' | 'bad-token-undecided', plan: Plan): Fault {
  return {
    name,
    does,
    hits: 'handshake',
    mustFind: [finds('refusal', code)],
    diagnosis: 'bad-token-unclear',
    handshake: (decision) => (decision.kind === 'reject-after-upgrade' ? { ...decision, plan } : decision),
  };
}

function acceptFlawed(flaw: TokenFlaw): Fault {
  const isFlawed = (credential: Credential): boolean => !credential.valid && credential.flaw === flaw;
  return {
    name: `accept-${flaw}`,
    does: `Accepts a credential that is ${flaw}, over HTTP and WebSocket.`,
    hits: 'handshake',
    mustFind: [finds('refusal', 'bad-token-accepted')],
    diagnosis: 'bad-token-accepted',
    handshake: (decision, context) => {
      const { credential } = context.attempt;
      if (credential.valid || credential.flaw !== flaw) return decision;
      return openFor(credential.claimedUserId === '' ? ANYBODY : credential.claimedUserId, context);
    },
    http: (answer, { path, credential }) =>
      path === PROTECTED_PATH && isFlawed(credential) ? { status: 200, body: { threads: [], total: 0 } } : answer,
  };
}

function refuseGood(how: string, says: string, refuse: Refuse, diagnosis: string): Fault {
  return {
    name: `refuse-good-token-${how}`,
    does: `Refuses every valid token, over HTTP with 401 and over WebSocket with ${says}.`,
    hits: 'handshake',
    mustFind: [finds('handshake', 'token-refused')],
    diagnosis,
    handshake: (decision, context) => {
      const { credential } = context.attempt;
      if (!credential.valid) return decision;
      return refuse({ valid: false, flaw: 'wrong-secret', claimedUserId: credential.userId }, context);
    },
    http: (answer, { path, credential }) => (path === PROTECTED_PATH && credential.valid ? UNAUTHORISED : answer),
  };
}

const UNAUTHORISED: HttpAnswer = { status: 401, body: { detail: 'Invalid or expired token' } };
