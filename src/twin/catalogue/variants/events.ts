import type { JsonObject } from '../../../protocol/fields.ts';
import { EVENT_VARIANTS } from '../../messages/event-variants.ts';
import { emitterRun } from '../../messages/emitter-run.ts';
import type { EventShape } from '../../messages/event-shapes.ts';
import { flatEvent } from '../../messages/event-shapes.ts';
import { say } from '../../behaviour/plan.ts';
import { keepingAllBut } from '../kept-promises.ts';
import type { Profile } from '../profile.ts';
import { runIn } from '../profiles/later.ts';
import { running, variant } from './variant.ts';

const TIMESTAMPS: Readonly<Record<string, (epochMs: number) => unknown>> = {
  'iso-with-zone': (epochMs) => new Date(epochMs).toISOString().replace('Z', '+00:00'),
  'iso-without-zone': (epochMs) => new Date(epochMs).toISOString().slice(0, -1),
  'iso-with-hours-of-zone': (epochMs) => new Date(epochMs).toISOString().replace('Z', '+00'),
  'iso-with-comma': (epochMs) => new Date(epochMs).toISOString().replace('.', ','),
  'iso-basic': (epochMs) => new Date(epochMs).toISOString().replaceAll(/[-:]/g, ''),
  'epoch-milliseconds': (epochMs) => epochMs,
};

/** No thread is announced: events name the one that the client asked for. */
const ON_THE_THREAD_OF_THE_CLIENT: Pick<Profile, 'ownThreads'> = { ownThreads: false };

/** The browser client does not find answer, thought or tool. */
const FIELDS_ELSEWHERE = keepingAllBut('browser-fields', 'stop-agent', 'large-request');

/** No event names a thread. */
const WITHOUT_THREAD = keepingAllBut('thread-created', 'stop-agent', 'large-request');
const NEITHER = keepingAllBut('browser-fields', 'thread-created', 'stop-agent', 'large-request');

/** What the browser client makes of the variants, where it is not that it does not find their fields. */
const FOR_CLIENTS: Readonly<Record<string, Profile['variables']>> = {
  b: WITHOUT_THREAD,
  d: WITHOUT_THREAD,
  i: NEITHER,
  j: NEITHER,
};

/** Events in every variant and with every timestamp (protocol notes §8.1, §8.2). */
export const EVENT_VARIANT_PROFILES: readonly Profile[] = [
  ...Object.entries(EVENT_VARIANTS).map(([letter, shape]) =>
    variant(`events-${letter}`, `Events of variant ${letter}.`, {
      ...ON_THE_THREAD_OF_THE_CLIENT,
      run: runIn(shape),
      variables: FOR_CLIENTS[letter] ?? FIELDS_ELSEWHERE,
    }),
  ),
  ...Object.entries(TIMESTAMPS).map(([name, stamp]) =>
    variant(`timestamps-${name}`, `Events whose timestamp is ${name.replaceAll('-', ' ')}.`, {
      ...ON_THE_THREAD_OF_THE_CLIENT,
      run: runIn(stamped(stamp)),
      variables: FIELDS_ELSEWHERE,
    }),
  ),
  variant(
    'flat',
    'Flat events (variant a), as only the fallback handler of beta-9 sends them, on the thread of the client.',
    {
      ...ON_THE_THREAD_OF_THE_CLIENT,
      run: runIn(flatEvent),
      variables: FIELDS_ELSEWHERE,
    },
  ),
  variant('emitter', 'A run as the other sender of beta-9 sends it (observed): everything in data.', {
    run: emitterRun,
    variables: FIELDS_ELSEWHERE,
  }),
  variant(
    'known-thread',
    'Honours the thread of the client, so that nothing announces one (observed where the thread is known).',
    {
      ownThreads: false,
    },
  ),
  variant('runs-at-once', 'Reads the next message while a run is under way.', { awaitsRuns: false }),
  running('progress-frames', 'Progress, streaming and bookkeeping frames between the events.', (plan) =>
    plan.flatMap((step, at) =>
      at === 0
        ? [step]
        : [
            say('progress', (epochMs) => ({
              type: 'progress_update',
              timestamp: epochMs / 1000,
              payload: { status: 'progress' },
            })),
            say('chunk', () => ({ type: 'stream_chunk', payload: { content: 'and so on' } })),
            say('thread-updated', (epochMs) => ({ type: 'thread_updated', timestamp: epochMs / 1000 })),
            step,
          ],
    ),
  ),
];

function stamped(stamp: (epochMs: number) => unknown): EventShape {
  return (event, run, context) => {
    const compose = flatEvent(event, run, context);
    return (epochMs): JsonObject => ({ ...compose(epochMs), timestamp: stamp(epochMs) });
  };
}
