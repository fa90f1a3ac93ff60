import type { Crew } from './crew.ts';
import type { Life } from './life.ts';
import { startLagMeter } from './lag-meter.ts';
import { openMember } from './open-member.ts';
import { paced } from './paced.ts';
import type { SliceResult } from './part-result.ts';
import { serveMember } from './serve-member.ts';
import type { Span } from './span.ts';
import { summarise } from './summarise-slice.ts';

/** What a slice is told by whoever runs the whole fleet. */
export interface SliceOrders {
  readonly span: Span;
  /** Share of the declared ramp, from 0 to 1, that this slice makes. */
  readonly share: number;
  /** When the part began, on the monotonic clock. */
  readonly beganMs: number;
  /** Resolves once every slice holds all its members open. */
  readonly barrier: () => Promise<void>;
}

/**
 * Runs some members of a fleet in this thread: all are brought up at the declared ramp, held open until everybody is, served
 * their runs at the same ramp, closed, and only then judged, so that judging costs no time while answers are awaited.
 */
export async function runSlice(crew: Crew, { span, share, beganMs, barrier }: SliceOrders): Promise<SliceResult> {
  const { plan, stopSwitch, clock } = crew;
  const meter = startLagMeter();
  const { rampPerSecond, handshakesAtOnce } = plan.load;
  const perSecond = rampPerSecond * share;
  const numbers = Array.from({ length: span.count }, (_, offset) => span.first + offset);
  const opened = await paced(
    numbers,
    { perSecond, atOnce: Math.max(1, Math.round(handshakesAtOnce * share)), clock },
    async (number, intendedMs) => (stopSwitch.stopped === undefined ? openMember(crew, number, intendedMs) : undefined),
  );
  await barrier();
  const lives = opened.filter((life): life is Life => life !== undefined);
  const ready = lives.filter((life) => life.ready);
  await paced(ready, { perSecond, atOnce: Infinity, clock }, (life, intendedMs) => serveMember(crew, life, intendedMs));
  meter.stop();
  return summarise({ plan, span, lives, lag: meter.samples, beganMs, stopped: stopSwitch.stopped });
}
