import { expect, test } from '@playwright/test';
import { handshake } from '../../../src/checks/handshake.ts';
import { refusalOfConnection } from '../../../src/checks/refusal.ts';
import { connectionsOf } from '../../../src/history/connections.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { judgesTo, opened } from './judges-to.ts';

const unreachable = { kind: 'refused', because: 'socket hang up' } as const;

/** A history that begins with the upgrade request of `c1`, entry 0. */
const requested =
  (record: (c1: FakeConnection) => unknown) =>
  ({ socket }: FakeHistory): unknown =>
    record(socket('c1').asks());

judgesTo('handshake', handshake(), [
  {
    title: 'an answer with a body is reported with its entries',
    verdict: {
      holds: false,
      findings: [
        {
          code: 'token-refused',
          because: 'the upgrade was answered with HTTP 401, body "Unauthorized"',
          found: 'the upgrade was answered with HTTP 401, body "Unauthorized"',
          entries: [1, 2],
          connection: 'c1',
        },
      ],
    },
    history: requested((c1) => c1.refused(401, 'Unauthorized')),
  },
  {
    title: 'an answer with an empty body is reported with its entries',
    verdict: { holds: false, findings: [{ because: 'the upgrade was answered with HTTP 403, no body' }] },
    history: requested((c1) => c1.refused(403, '')),
  },
  {
    title: 'an answer without a body is reported with its entries',
    verdict: {
      holds: false,
      findings: [{ code: 'token-refused', because: 'the upgrade was answered with HTTP 403, no body' }],
    },
    history: requested((c1) => c1.fact({ kind: 'handshake-answer', status: 403, headers: {} }).fact(unreachable)),
  },
  {
    title: 'an answer with a long body is reported with its entries',
    verdict: {
      holds: false,
      findings: [{ because: `the upgrade was answered with HTTP 500, body "${'x'.repeat(120)}"` }],
    },
    history: requested((c1) => c1.refused(500, 'x'.repeat(121))),
  },
  {
    title: 'no answer is reported with its entries',
    verdict: {
      holds: false,
      findings: [{ code: 'unreachable', because: 'the connection could not be made: socket hang up', entries: [1] }],
    },
    history: requested((c1) => c1.fact(unreachable)),
  },
  {
    title: 'a broken switch of protocols is reported with its entries',
    verdict: {
      holds: false,
      findings: [
        {
          code: 'upgrade-malformed',
          because: 'the upgrade was answered with HTTP 101, but its header Upgrade is missing, not "websocket"',
          entries: [1, 2],
        },
      ],
    },
    history: requested((c1) => c1.fact({ kind: 'handshake-answer', status: 101, headers: {} }).fact(unreachable)),
  },
  {
    title: 'an upgrade that is still unanswered is reported with its request',
    verdict: { findings: [{ code: 'not-awaited', entries: [0] }] },
    history: requested((c1) => c1),
  },
]);

const STATUSES: readonly (readonly [number, string, string])[] = [
  [300, '', 'upgrade-redirected'],
  [399, '', 'upgrade-redirected'],
  [400, '', 'upgrade-ignored'],
  [401, '<html><body>Sign in</body></html>', 'refused-by-proxy'],
  [403, ' \n<!DOCTYPE html>', 'refused-by-proxy'],
  [403, 'see <html>', 'token-refused'],
  [403, 'see<html>', 'token-refused'],
  [502, '', 'service-unavailable'],
  [504, '', 'service-unavailable'],
];

for (const [status, body, gives] of STATUSES) {
  const title = `HTTP ${status} with the body ${JSON.stringify(body)}`;
  judgesTo('handshake', handshake(), [{ title, gives, history: requested((c1) => c1.refused(status, body)) }]);
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'dns-failed',
  EHOSTUNREACH: 'tcp-failed',
  ENETUNREACH: 'tcp-failed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-failed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-failed',
};

for (const [error, gives] of Object.entries(SYSTEM_ERRORS)) {
  const history = requested((c1) => c1.fact({ ...unreachable, code: error }));
  judgesTo('handshake', handshake(), [{ title: `the failure ${error}`, gives, history }]);
}

test('handshake: a refusal is read from a history that begins after the request, too', () => {
  const { history, socket } = fakeHistory();
  socket('c1').refused(401);
  expect(connectionsOf(history).map((connection) => refusalOfConnection(connection, history)?.code)).toEqual([
    'token-refused',
  ]);
});

const error = (code: string) => ({ type: 'error_message', error_code: code });
const authenticationError = { type: 'authentication_error' };

const refused = (finding: object) => ({ holds: false, findings: [finding] });
const accepted = { holds: true, evidence: [1] };

/** The request is entry 0, the accepted upgrade entry 1. */
judgesTo('handshake', handshake(), [
  {
    title: 'after the upgrade, a close for a bad token is judged',
    verdict: refused({
      code: 'token-refused',
      because: 'the server accepted the upgrade and then closed with 4001 ""',
      entries: [2],
    }),
    history: opened((c1) => c1.closed(4001)),
  },
  {
    title: 'after the upgrade, a close for a failure of authentication is judged',
    verdict: refused({ code: 'token-refused' }),
    history: opened((c1) => c1.closed(4002)),
  },
  {
    title: 'after the upgrade, an authentication error and any close is judged',
    verdict: refused({
      code: 'token-refused',
      because: 'the server accepted the upgrade and then closed with 1000 "bye" after the error authentication_error',
      entries: [2, 3],
    }),
    history: opened((c1) => c1.receives(authenticationError).closed(1000, 'bye')),
  },
  {
    title: 'after the upgrade, an error that names the token and any close is judged',
    verdict: refused({
      code: 'token-refused',
      because: 'the server accepted the upgrade and then closed with 1011 "" after the error TOKEN_EXPIRED',
      entries: [2, 3],
    }),
    history: opened((c1) => c1.receives(error('TOKEN_EXPIRED')).closed(1011)),
  },
  {
    title: 'after the upgrade, an error about something else and a close is judged',
    verdict: accepted,
    history: opened((c1) => c1.receives(error('AGENT_BUSY')).closed(1011)),
  },
  {
    title: 'after the upgrade, an error without a code and a close is judged',
    verdict: accepted,
    history: opened((c1) => c1.receives({ type: 'error' }).closed(1011)),
  },
  {
    title: 'after the upgrade, a failed agent that names the token and a close is judged',
    verdict: accepted,
    history: opened((c1) => c1.receives({ type: 'agent_error', error_code: 'TOKEN_EXPIRED' }).closed(1011)),
  },
  {
    title: 'after the upgrade, an authentication error that we close after is judged',
    verdict: accepted,
    history: opened((c1) => c1.receives(authenticationError).closed(1000, '', 'us')),
  },
  {
    title: 'after the upgrade, an authentication error without a close is judged',
    verdict: accepted,
    history: opened((c1) => c1.receives(authenticationError)),
  },
  {
    title: 'after the upgrade, a close for a policy after the welcome is judged',
    verdict: accepted,
    history: opened((c1) => c1.welcomed().closed(1008, 'Auth failed')),
  },
  {
    title: 'after the upgrade, a limit that another close code names is judged',
    verdict: refused({ code: 'limit-reached', entries: [2] }),
    history: opened((c1) => c1.closed(1011, 'Rate limit exceeded')),
  },
  {
    title: 'after the upgrade, a token that another close code names is judged',
    verdict: accepted,
    history: opened((c1) => c1.closed(1001, 'token service restarts')),
  },
]);

const REFUSING: readonly (readonly [number, string])[] = [
  [3000, ''],
  [3003, ''],
  [4401, ''],
  [4403, ''],
  [1000, 'Authentication required'],
  [1002, 'Invalid token'],
  [1003, 'JWT signature not valid'],
  [1011, 'Auth service said no'],
  [4000, 'Unauthorized'],
  [4999, 'token has expired'],
];

for (const [code, reason] of REFUSING) {
  judgesTo('handshake', handshake(), [
    {
      title: `close ${code} ${JSON.stringify(reason)} refuses the token`,
      verdict: refused({ code: 'token-refused', entries: [2] }),
      history: opened((c1) => c1.closed(code, reason)),
    },
  ]);
}

for (const [code, reason] of [
  [1000, 'main cleanup'],
  [1001, 'token service restarts'],
  [1011, 'Internal error'],
  [1002, 'invalid frame'],
  [4000, 'author list empty'],
] as const) {
  judgesTo('handshake', handshake(), [
    {
      title: `close ${code} ${JSON.stringify(reason)} says nothing about the token`,
      verdict: accepted,
      history: opened((c1) => c1.closed(code, reason)),
    },
  ]);
}

for (const code of ['AUTH_FAILED', 'VALIDATION_FAILED', 'INVALID_FORMAT', 'INVALID_WEBSOCKET_STATE']) {
  judgesTo('handshake', handshake(), [
    {
      title: `the error ${code} before a close refuses the token`,
      verdict: refused({ code: 'token-refused', entries: [2, 3] }),
      history: opened((c1) => c1.receives(error(code)).closed(1011)),
    },
  ]);
}

for (const reason of ['Too many connections', 'rate limit', 'Limit exceeded']) {
  judgesTo('handshake', handshake(), [
    {
      title: `close 4000 ${JSON.stringify(reason)} is a limit, whatever the code`,
      verdict: refused({ code: 'limit-reached', entries: [2] }),
      history: opened((c1) => c1.closed(4000, reason)),
    },
    {
      title: `close 1008 ${JSON.stringify(reason)} is a limit, not a judgement of the token`,
      verdict: refused({ code: 'limit-reached', entries: [2] }),
      history: opened((c1) => c1.closed(1008, reason)),
    },
  ]);
}

const NOTHING = { kind: 'refused', code: 'ETIMEDOUT', because: 'nothing more came within 1000 ms' } as const;
const stage = (reached: 'resolved' | 'connected' | 'secured') =>
  ({ kind: 'reached', stage: reached, found: '192.0.2.1' }) as const;
const asking = (url: string) =>
  ({ kind: 'handshake-request', url, headers: {}, offered: [], user: 'anna', credential: 'valid' }) as const;

const DEADLINES: readonly (readonly [string, string, string, readonly ('resolved' | 'connected' | 'secured')[]])[] = [
  ['a name that nobody resolves', 'dns-failed', 'ws://staging.invalid/ws', []],
  ['an address that answers no SYN', 'tcp-failed', 'ws://192.0.2.1:8000/ws', []],
  ['an address of version 6 that answers no SYN', 'tcp-failed', 'ws://[2001:db8::1]/ws', []],
  ['a name whose address answers no SYN', 'tcp-failed', 'wss://staging.invalid/ws', ['resolved']],
  ['a TLS hello without an answer', 'tls-failed', 'wss://staging.invalid/ws', ['resolved', 'connected']],
  ['a request without an answer', 'upgrade-unanswered', 'ws://staging.invalid/ws', ['resolved', 'connected']],
  ['a request over TLS without an answer', 'upgrade-unanswered', 'wss://a.invalid/', ['connected', 'secured']],
];

for (const [title, gives, url, stages] of DEADLINES) {
  judgesTo('handshake', handshake(), [
    {
      title,
      gives,
      history: ({ socket }) => {
        const c1 = socket('c1').fact(asking(url));
        for (const reached of stages) c1.fact(stage(reached));
        c1.deadline('handshake').fact(NOTHING);
      },
    },
  ]);
}
