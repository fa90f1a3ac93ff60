import type { SignatureId } from '../../../src/failures/signatures/index.ts';
import { asksBy, closesEarly, failsByError } from './story.ts';
import type { Story } from './story.ts';
import type { FakeHistory } from '../histories/fake-history.ts';

/** Accepts connections of one user, ten seconds apart; each is closed with 1011 after its age in milliseconds, or welcomed where that is `ready`. */
function connections(told: FakeHistory, ages: readonly (number | 'ready')[], user = 'anna'): void {
  ages.forEach((age, number) => {
    const startMs = (number + 1) * 10_000;
    told.at(startMs);
    const socket = asksBy(told.socket(`c${number + 1}`, user), { user });
    told.at(startMs + 20);
    socket.opens();
    told.at(startMs + 20 + (age === 'ready' ? 10 : age));
    if (age === 'ready') socket.welcomed(user);
    else socket.closed(1011);
  });
}

/** Histories that end around the welcome, by their signature. */
export const WELCOMING: Partial<Readonly<Record<SignatureId, Story>>> = {
  'FM-22': (told) => closesEarly(told, 1011, 'Internal error'),
  'closed-1011-silently': (told) => closesEarly(told, 1011),
  'FM-23': (told) => closesEarly(told, 1011, 'Service unavailable'),
  'FM-24': (told) => closesEarly(told, 1001, 'Startup timeout'),
  'FM-25': (told) => closesEarly(told, 1011, 'Factory SSOT validation failed'),
  'FM-26': (told) => failsByError(told, 'FACTORY_INIT_FAILED', 'No manager', 1011, 'Critical factory failure'),
  'FM-29': (told) => failsByError(told, 'CONNECTION_ERROR', 'Connection error in main mode', 1011, 'main mode error'),
  'FM-30': (told) => closesEarly(told, 1000, 'main cleanup'),
  'FM-31': (told) => closesEarly(told, 1000, 'Connection establishment failed - graceful retry'),
  'FM-32': (told) => closesEarly(told, 1006),
  'FM-33': (told) => connections(told, [60, 63, 61]),
  'FM-35': (told) => void told.socket('c1').asks().opens().deadline('welcome'),
  'FM-36': (told) => late(told),
  'FM-37': (told) => void told.socket('c1').asks().opens().runs('r1').event('r1', 'agent_started').welcomed().quiet(),
  'FM-38': (told) =>
    void told.socket('c1').asks().opens().hears({ type: 'session_opened', connection_id: 'x' }).deadline('welcome'),
  'FM-39': (told) => {
    const data = { event: 'connection_established', mode: 'isolated', user_id: 'c1-user-of-tests' };
    told.socket('c1').asks().opens().hears({ type: 'system_message', data });
  },
  'FM-69': (told) => connections(told, ['ready', 'ready', 'ready', 60, 60]),
  'FM-75': (told) => {
    late(told);
    for (const name of ['c2', 'c3']) told.socket(name).ready();
  },
  'FM-79': (told) => connections(told, [60, 'ready', 60, 'ready']),
  'welcome-repeated': (told) => void told.socket('c1').ready().welcomed(),
  'going-away': (told) => closesEarly(told, 1012, 'Service restart'),
  'closed-otherwise': (told) => closesEarly(told, 1003, 'No supported subprotocols'),
};

function late(told: FakeHistory): void {
  const socket = told.socket('c1').asks().opens();
  told.at(900);
  socket.welcomed();
}
