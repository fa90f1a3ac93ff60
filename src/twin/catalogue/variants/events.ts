import type { JsonObject } from '../../../protocol/fields.ts';
import { EVENT_VARIANTS } from '../../messages/event-variants.ts';
import type { EventShape } from '../../messages/event-shapes.ts';
import { flatEvent } from '../../messages/event-shapes.ts';
import { say, tellUser } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { runIn } from '../profiles/later.ts';
import { GRAMMAR, running, variant } from './variant.ts';

const TIMESTAMPS: Readonly<Record<string, (epochMs: number) => unknown>> = {
  'iso-with-zone': (epochMs) => new Date(epochMs).toISOString().replace('Z', '+00:00'),
  'iso-without-zone': (epochMs) => new Date(epochMs).toISOString().slice(0, -1),
  'epoch-milliseconds': (epochMs) => epochMs,
};

/** Events in every variant and with every timestamp (protocol notes §8.1, §8.2). */
export const EVENT_VARIANT_PROFILES: readonly Profile[] = [
  ...Object.entries(EVENT_VARIANTS).map(([letter, shape]) =>
    variant(`events-${letter}`, `Events of variant ${letter}.`, { run: runIn(shape) }),
  ),
  ...Object.entries(TIMESTAMPS).map(([name, stamp]) =>
    variant(`timestamps-${name}`, `Events whose timestamp is ${name.replaceAll('-', ' ')}.`, {
      run: runIn(stamped(stamp)),
    }),
  ),
  running(
    'events-f',
    'A start and an end of the message processing around the run (variant f). Needs ORDER=grammar.',
    (plan, { thread, number }, { userId }) => [
      tellUser('outer-started', () => wrapper('agent_started', thread, number, userId)),
      ...plan,
      tellUser('outer-completed', () => wrapper('agent_completed', thread, number, userId)),
    ],
    { variables: GRAMMAR },
  ),
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

function wrapper(type: string, thread: string, number: number, userId: string): JsonObject {
  return {
    type,
    timestamp: new Date().toISOString(),
    payload: { thread_id: thread, run_id: `run_${number}_${thread}`, user_id: userId, orchestration_successful: true },
  };
}
