import type { Fault, ExpectedFinding } from '../fault.ts';
import { isUuid } from '../../../protocol/user-ids.ts';
import { isJsonObject } from '../../../protocol/fields.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import { after, before, closeWith, instead, say } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import { errorMessage, serverMessage } from '../../messages/server-message.ts';
import { finds } from './provocation.ts';

const CLOSED_FIRST = [finds('welcome', 'closed-before-welcome'), finds('closing', 'closed-by-server')];
const ERROR_FIRST = [finds('welcome', 'welcome-replaced-by-error'), finds('closing', 'closed-by-server')];

/** What an event that nobody asked for leads to where something was asked before the welcome. */
const TAKEN_FOR_AN_EARLY_RUN = [
  finds('isolation', 'foreign-thread'),
  finds('browser-fields', 'field-misplaced'),
  finds('thread-created', 'thread-unannounced'),
];

/** Openings that end with a reason (failure notes FM-23 to FM-31, FM-52, FM-70, FM-71), or in another mode (FM-39, FM-40). */
export const WELCOME_ENDING_FAULTS: readonly Fault[] = [
  ended('supervisor-missing', 'FM-23', CLOSED_FIRST, closeWith(1011, 'Service unavailable')),
  ended('startup-incomplete', 'FM-24', CLOSED_FIRST, closeWith(1011, 'Service startup incomplete', 200)),
  ended('factory-validation-failed', 'FM-25', CLOSED_FIRST, closeWith(1011, 'Factory SSOT validation failed')),
  ended('graceful-retry', 'FM-31', CLOSED_FIRST, closeWith(1000, 'Connection establishment failed - graceful retry')),
  ended(
    'service-initialization-failed',
    'FM-26',
    ERROR_FIRST,
    say('init-error', errorMessage('SERVICE_INIT_FAILED', 'Service initialization failed')),
    closeWith(1011, 'Service initialization failed', 10),
  ),
  ended('closed-without-reason', 'closed-1011-silently', CLOSED_FIRST, closeWith(1011, '')),
  ended(
    'too-many-connections',
    'FM-70',
    [finds('handshake', 'limit-reached')],
    closeWith(1008, 'Too many concurrent connections (5/5)'),
  ),
  ended(
    'rate-limited',
    'FM-71',
    [finds('handshake', 'limit-reached')],
    closeWith(1008, 'Rate limit exceeded - retry after 30s'),
  ),
  {
    name: 'error-without-close',
    does: 'Sends an error where the welcome should be and leaves the connection open.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-replaced-by-error')],
    diagnosis: 'FM-29',
    opening: (plan) => instead(plan, 'welcome', () => [say('error', errorMessage('INTERNAL_ERROR', 'No welcome'))]),
  },
  {
    name: 'refuse-user-id',
    does: 'Closes with 1011 after an error about the form of the user id.',
    hits: 'the connections of some users',
    mustFind: ERROR_FIRST,
    mayAlsoFind: [finds('e2e-headers', 'headers-change-behaviour')],
    diagnosis: 'FM-52',
    opening: (plan, { userId }) =>
      /[13579bdf]-/.test(userId.slice(0, 9))
        ? instead(plan, 'welcome', () => [
            say('error', errorMessage('INTERNAL_ERROR', `Invalid user_id format: ${userId}`)),
            closeWith(1011, 'Internal error'),
          ])
        : plan,
  },
  {
    name: 'refuse-uuid',
    does: 'Ends the connections of users whose id is a UUID with 1011 "Internal error" and no frame (observed for other forms).',
    hits: 'the connections of users whose id is a UUID',
    mustFind: CLOSED_FIRST,
    diagnosis: 'FM-52',
    opening: (plan, { userId, pace }) => (isUuid(userId) ? [closeWith(1011, 'Internal error', pace.idCheckMs)] : plan),
  },
  {
    name: 'factory-mode',
    does: 'Serves the connection in factory mode.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-wrong-mode')],
    diagnosis: 'FM-39',
    frame: (message, { label }) => (label === 'welcome' ? inMode(message, 'factory') : message),
  },
  {
    name: 'degraded-then-silent',
    does: 'Says that it runs degraded and never sends an event.',
    hits: 'the whole run',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-40',
    opening: (plan) => before(plan, 'welcome', degradedNotice()),
    run: () => [],
  },
  {
    name: 'event-nobody-asked-for',
    does: 'Sends an agent event to a client that asked for nothing.',
    hits: 'an extra frame after the welcome',
    mustFind: [finds('isolation', 'unasked-event')],
    mayAlsoFind: TAKEN_FOR_AN_EARLY_RUN,
    diagnosis: 'FM-67',
    opening: (plan) =>
      after(
        plan,
        'welcome',
        say('agent_thinking', (epochMs) => ({
          type: 'agent_thinking',
          thread_id: 'thread_of_somebody',
          timestamp: epochMs / 1000,
          reasoning: 'Whose request was this?',
        })),
      ),
  },
];

function ended(
  name: string,
  diagnosis: string,
  mustFind: readonly ExpectedFinding[],
  ...steps: readonly Step[]
): Fault {
  const last = steps.at(-1)?.act;
  const how = last?.kind === 'close' ? `${last.code} ${JSON.stringify(last.reason)}` : 'an error';
  return {
    name,
    does: `Ends the connection before the welcome with ${how}.`,
    hits: 'the connection, before the welcome',
    mustFind,
    diagnosis,
    opening: () => steps,
  };
}

/** A notice of degraded service, as beta-9 sends it before the welcome (protocol notes §5.1, step 5). */
export function degradedNotice(): Step {
  return say(
    'degraded',
    serverMessage('system_message', () => ({ event: 'degraded_mode', message: 'Some services are not available' })),
  );
}

function inMode(message: JsonObject, mode: string): JsonObject {
  const data = message['data'];
  return { ...message, ...(isJsonObject(data) && { data: { ...data, mode } }) };
}
