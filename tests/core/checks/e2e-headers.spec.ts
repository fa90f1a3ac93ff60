import { expect, test } from '@playwright/test';
import { e2eHeadersAreNeutral } from '../../../src/checks/e2e-headers.ts';
import { e2eHeaders } from '../../../src/protocol/e2e-headers.ts';
import { codesOf } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

const SENT = Object.fromEntries(
  Object.entries(e2eHeaders({ environment: 'staging', session: 's', userId: 'u' })).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]),
);
const request = { kind: 'handshake-request', url: 'ws://x/ws', offered: [], user: 'u', credential: 'valid' } as const;
const served = (letters: string) => (socket: FakeConnection) => {
  const asked = socket.opens().welcomed().says({ type: 'ping' }).hears({ type: 'pong' }).runs('one');
  events(asked, letters).quiet();
};
const silent = (socket: FakeConnection): void => void socket.opens().welcomed().says({ type: 'ping' }).deadline('pong');

const PAIRS: Readonly<
  Record<
    string,
    readonly [string, 'exact' | 'grammar', object, (socket: FakeConnection) => void, (socket: FakeConnection) => void]
  >
> = {
  'two alike': ['holds', 'exact', SENT, served('STXCD'), served('STXCD')],
  'headers that were not sent': ['headers-not-sent', 'exact', {}, served('STXCD'), served('STXCD')],
  'a refusal with the headers only': [
    'headers-change-behaviour not-welcomed',
    'exact',
    SENT,
    (socket) => void socket.refused(500),
    served('STXCD'),
  ],
  'one thought more where the order is exact': [
    'headers-change-behaviour',
    'exact',
    SENT,
    served('STTXCD'),
    served('STXCD'),
  ],
  'one thought more where an agent may think twice': ['holds', 'grammar', SENT, served('STTXCD'), served('STXCD')],
  'no tool with the headers': ['headers-change-behaviour', 'grammar', SENT, served('STD'), served('STXCD')],
  'two silences, which prove nothing': ['unknown: not-served not-served', 'exact', SENT, silent, silent],
};

for (const [name, [expected, order, headers, marked, plain]] of Object.entries(PAIRS)) {
  test(`e2e-headers: ${name} is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    marked(socket('c1').fact({ ...request, headers: { ...headers } }));
    plain(socket('c2').fact({ ...request, headers: {} }));
    expect(codesOf(e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order })(history))).toBe(expected);
  });
}
