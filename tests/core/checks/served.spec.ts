import { expect, test } from '@playwright/test';
import { servesAnybody } from '../../../src/checks/served.ts';
import { ASKED_UNWELCOMED } from '../../../src/history/probe-names.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const PONG = { type: 'pong' };
const ASKED = { name: ASKED_UNWELCOMED, target: 'request of a run' } as const;

const SERVED: Readonly<Record<string, (fake: FakeHistory) => void>> = {
  'a welcome and a pong': (fake) => void fake.socket('c1').ready().sends(pingMessage('a', 1)).receives(PONG),
  'an event of a run': (fake) => void fake.socket('c1').ready().runs('r1').event('r1', 'agent_started'),
  'an event of a run without a welcome': (fake) =>
    void fake.socket('c1').asks().opens().runs('r1').event('r1', 'agent_started'),
  'one of three users': (fake) => {
    fake.socket('c1').asks().refused(503);
    fake.socket('c2').asks().refused(503);
    fake.socket('c3').ready().runs('r1').event('r1', 'agent_started');
  },
  'a run that was asked for apart': (fake) => fake.probe({ ...ASKED, status: 101 }),
};

const NOT_SERVED: Readonly<Record<string, (fake: FakeHistory) => void>> = {
  nothing: () => undefined,
  'a refusal': (fake) => void fake.socket('c1').asks().refused(403),
  'a welcome, and then a close': (fake) => void fake.socket('c1').ready().closed(1011),
  'a welcome, and then silence': (fake) =>
    void fake.socket('c1').ready().sends(pingMessage('a', 1)).deadline('pong').runs('r1'),
  'a pong without a welcome': (fake) => void fake.socket('c1').asks().opens().sends(pingMessage('a', 1)).receives(PONG),
  'a run that was asked for apart, without an event': (fake) =>
    fake.probe({ ...ASKED, error: 'no event of the run came' }),
  'a bad credential that is let in': (fake) =>
    void fake.socket('c1').asks('expired').opens().welcomed().sends(pingMessage('a', 1)).receives(PONG),
};

for (const [what, happens] of Object.entries(SERVED)) {
  test(`served: ${what} is enough`, () => {
    const fake = fakeHistory();
    happens(fake);
    expect(servesAnybody(fake.history)).toBe(true);
  });
}

for (const [what, happens] of Object.entries(NOT_SERVED)) {
  test(`served: ${what} is not enough`, () => {
    const fake = fakeHistory();
    happens(fake);
    expect(servesAnybody(fake.history)).toBe(false);
  });
}
