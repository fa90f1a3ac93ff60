import type { JsonObject } from '../../../protocol/fields.ts';
import { isJsonObject } from '../../../protocol/fields.ts';
import type { Fault } from '../fault.ts';
import { closeWith, say, after, delayed, instead, without } from '../../behaviour/plan.ts';
import { modeError } from '../../messages/server-message.ts';
import { finds } from './provocation.ts';

/** Openings that go wrong between the accepted upgrade and the welcome (failure notes §2.2). */
export const WELCOME_FAULTS: readonly Fault[] = [
  {
    name: 'withhold-welcome',
    does: 'Opens the connection and never sends the welcome.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-missing')],
    diagnosis: 'FM-35',
    opening: (plan) => without(plan, 'welcome'),
  },
  {
    name: 'welcome-late',
    does: 'Sends the welcome later than its budget.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-late')],
    diagnosis: 'FM-36',
    opening: (plan, { pace }) => instead(plan, 'welcome', (step) => [delayed(step, pace.lateMs)]),
  },
  {
    name: 'welcome-twice',
    does: 'Sends the welcome twice.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-duplicated')],
    diagnosis: 'welcome-repeated',
    opening: (plan) => instead(plan, 'welcome', (step) => [step, { ...step }]),
  },
  {
    name: 'welcome-after-first-event',
    does: 'Withholds the welcome until the first event of the first run.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-out-of-order')],
    diagnosis: 'FM-37',
    mayAlsoFind: [finds('welcome', 'welcome-late'), finds('welcome', 'welcome-missing')],
    opening: (plan) => without(plan, 'welcome'),
    run: (plan, { number }, context) =>
      number > 1 ? plan : after(plan, 'agent_started', say('welcome', context.welcome())),
  },
  {
    name: 'welcome-wrong-user',
    does: 'Welcomes somebody else.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-wrong-user')],
    diagnosis: 'FM-66',
    frame: (message, { label }) => (label === 'welcome' ? named(message, 'somebody-else-entirely') : message),
  },
  {
    name: 'error-instead-of-welcome',
    does: 'Sends CONNECTION_ERROR where the welcome should be and closes with 1011 "main mode error" (observed on beta-17).',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-replaced-by-error'), finds('closing', 'closed-by-server')],
    diagnosis: 'FM-29',
    opening: (plan) =>
      instead(plan, 'welcome', () => [
        say('connection-error', modeError('RecursionError')),
        closeWith(1011, 'main mode error'),
      ]),
  },
  {
    name: 'close-1011-after-63ms',
    does: 'Opens the connection, sends nothing and closes with 1011 "Internal error" a moment later (observed on beta-10, after 0.2 s).',
    hits: 'the connection, before any frame',
    mustFind: [finds('welcome', 'closed-before-welcome'), finds('closing', 'closed-by-server')],
    diagnosis: 'FM-22',
    opening: (_plan, { pace }) => [closeWith(1011, 'Internal error', pace.crashMs)],
  },
  {
    name: 'close-1000-main-cleanup',
    does: 'Opens the connection, sends nothing and closes with 1000 "main cleanup".',
    hits: 'the connection, before any frame',
    mustFind: [finds('welcome', 'closed-before-welcome'), finds('closing', 'closed-by-server')],
    diagnosis: 'FM-30',
    opening: (_plan, { pace }) => [closeWith(1000, 'main cleanup', pace.settleMs)],
  },
];

/** The same message with another user id, wherever it carries one. */
function named(message: JsonObject, userId: string): JsonObject {
  const data = message['data'];
  return {
    ...message,
    ...('user_id' in message && { user_id: userId }),
    ...(isJsonObject(data) && { data: { ...data, user_id: userId } }),
  };
}
