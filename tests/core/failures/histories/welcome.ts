import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import { closesEarly, connectionsOfAges, failsByError } from '../diagnosed-history.ts';
import type { MakeHistory } from '../diagnosed-history.ts';
import type { FakeHistory } from '../../histories/fake-history.ts';

/** Histories that end around the welcome, by their signature. */
export const AROUND_THE_WELCOME: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  'FM-22': (fake) => closesEarly(fake, 1011, 'Internal error'),
  'closed-1011-silently': (fake) => closesEarly(fake, 1011),
  'FM-23': (fake) => closesEarly(fake, 1011, 'Service unavailable'),
  'FM-24': (fake) => closesEarly(fake, 1001, 'Startup timeout'),
  'FM-25': (fake) => closesEarly(fake, 1011, 'Factory SSOT validation failed'),
  'FM-26': (fake) => failsByError(fake, 'FACTORY_INIT_FAILED', 'No manager', 1011, 'Critical factory failure'),
  'FM-29': (fake) => failsByError(fake, 'CONNECTION_ERROR', 'Connection error in main mode', 1011, 'main mode error'),
  'FM-30': (fake) => closesEarly(fake, 1000, 'main cleanup'),
  'FM-31': (fake) => closesEarly(fake, 1000, 'Connection establishment failed - graceful retry'),
  'closed-without-code': (fake) => closesEarly(fake, 1005),
  'FM-32': (fake) => closesEarly(fake, 1006),
  'FM-33': (fake) => connectionsOfAges(fake, [60, 63, 61]),
  'FM-35': (fake) => void fake.socket('c1').asks().opens().deadline('welcome'),
  'FM-36': (fake) => late(fake),
  'FM-37': (fake) => void fake.socket('c1').asks().opens().runs('r1').event('r1', 'agent_started').welcomed().quiet(),
  'FM-38': (fake) =>
    void fake.socket('c1').asks().opens().receives({ type: 'session_opened', connection_id: 'x' }).deadline('welcome'),
  'FM-39': (fake) => {
    const data = { event: 'connection_established', mode: 'isolated', user_id: 'c1-user-of-tests' };
    fake.socket('c1').asks().opens().receives({ type: 'system_message', data });
  },
  'FM-69': (fake) => connectionsOfAges(fake, ['ready', 'ready', 'ready', 60, 60]),
  'FM-75': (fake) => {
    late(fake);
    for (const name of ['c2', 'c3']) fake.socket(name).ready();
  },
  'FM-79': (fake) => connectionsOfAges(fake, [60, 'ready', 60, 'ready']),
  'welcome-repeated': (fake) => void fake.socket('c1').ready().welcomed(),
  'going-away': (fake) => closesEarly(fake, 1012, 'Service restart'),
  'closed-otherwise': (fake) => closesEarly(fake, 1003, 'No supported subprotocols'),
};

function late(fake: FakeHistory): void {
  const socket = fake.socket('c1').asks().opens();
  fake.at(900);
  socket.welcomed();
}
