import { expect, test } from '@playwright/test';
import { handshake } from '../../../src/checks/handshake.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const error = (code: string) => ({ type: 'error_message', error_code: code });
const authenticationError = { type: 'authentication_error' };

const refused = (finding: object) => ({ holds: false, findings: [finding] });
const accepted = { holds: true, evidence: [1] };

/** The request is entry 0, the accepted upgrade entry 1. */
const ENDS: Readonly<Record<string, readonly [Record<string, unknown>, (c1: FakeConnection) => void]>> = {
  'a close for a bad token': [
    refused({
      code: 'token-refused',
      because: 'the server accepted the upgrade and then closed with 4001 ""',
      entries: [2],
    }),
    (c1) => c1.closed(4001),
  ],
  'a close for a failure of authentication': [refused({ code: 'token-refused' }), (c1) => c1.closed(4002)],
  'an authentication error and any close': [
    refused({
      code: 'token-refused',
      because: 'the server accepted the upgrade and then closed with 1000 "bye" after the error authentication_error',
      entries: [2, 3],
    }),
    (c1) => c1.hears(authenticationError).closed(1000, 'bye'),
  ],
  'an error that names the token and any close': [
    refused({
      code: 'token-refused',
      because: 'the server accepted the upgrade and then closed with 1011 "" after the error TOKEN_EXPIRED',
      entries: [2, 3],
    }),
    (c1) => c1.hears(error('TOKEN_EXPIRED')).closed(1011),
  ],
  'an error about something else and a close': [accepted, (c1) => c1.hears(error('AGENT_BUSY')).closed(1011)],
  'an error without a code and a close': [accepted, (c1) => c1.hears({ type: 'error' }).closed(1011)],
  'a failed agent that names the token and a close': [
    accepted,
    (c1) => c1.hears({ type: 'agent_error', error_code: 'TOKEN_EXPIRED' }).closed(1011),
  ],
  'an authentication error that we close after': [
    accepted,
    (c1) => c1.hears(authenticationError).closed(1000, '', 'us'),
  ],
  'an authentication error without a close': [accepted, (c1) => c1.hears(authenticationError)],
  'a close for a policy after the welcome': [accepted, (c1) => c1.welcomed().closed(1008, 'Auth failed')],
  'a limit that another close code names': [accepted, (c1) => c1.closed(1011, 'Rate limit exceeded')],
  'a token that another close code names': [accepted, (c1) => c1.closed(1001, 'token service restarts')],
};

for (const [name, [expected, tell]] of Object.entries(ENDS)) {
  test(`handshake: after the upgrade, ${name} is judged`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').asks().opens());
    expect(handshake()(history)).toMatchObject(expected);
  });
}

for (const code of ['AUTH_FAILED', 'VALIDATION_FAILED', 'INVALID_FORMAT', 'INVALID_WEBSOCKET_STATE']) {
  test(`handshake: the error ${code} before a close refuses the token`, () => {
    const { history, socket } = fakeHistory();
    socket('c1').asks().opens().hears(error(code)).closed(1011);
    expect(handshake()(history)).toMatchObject(refused({ code: 'token-refused', entries: [2, 3] }));
  });
}

for (const reason of ['Too many connections', 'rate limit', 'Limit exceeded']) {
  test(`handshake: close 1008 ${JSON.stringify(reason)} is a limit, not a judgement of the token`, () => {
    const { history, socket } = fakeHistory();
    socket('c1').asks().opens().closed(1008, reason);
    expect(handshake()(history)).toMatchObject(refused({ code: 'limit-reached', entries: [2] }));
  });
}
