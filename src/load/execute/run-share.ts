import type { WorkerContext } from './worker-context.ts';
import type { UserSession } from '../observe/user-session.ts';
import { startLagMeter } from '../observe/lag-meter.ts';
import { openSession } from './open-session.ts';
import { startAtRate } from './start-at-rate.ts';
import type { ShareResult } from './shard-result.ts';
import { runSession } from './run-session.ts';
import type { UserRange } from './user-range.ts';
import { summariseShare } from './summarise-share.ts';

/** What a slice is told by whoever runs the whole fleet. */
export interface ShareOrders {
  readonly span: UserRange;
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
export async function runShare(
  crew: WorkerContext,
  { span, share, beganMs, barrier }: ShareOrders,
): Promise<ShareResult> {
  const { plan, stopSwitch, clock } = crew;
  const meter = startLagMeter();
  const { rampPerSecond, handshakesAtOnce } = plan.load;
  const perSecond = rampPerSecond * share;
  const numbers = Array.from({ length: span.count }, (_, offset) => span.first + offset);
  const opened = await startAtRate(
    numbers,
    { perSecond, atOnce: Math.max(1, Math.round(handshakesAtOnce * share)), clock },
    async (number, intendedMs) =>
      stopSwitch.stopped === undefined ? openSession(crew, number, intendedMs) : undefined,
  );
  await barrier();
  const lives = opened.filter((life): life is UserSession => life !== undefined);
  const ready = lives.filter((life) => life.ready);
  await startAtRate(ready, { perSecond, atOnce: Infinity, clock }, (life, intendedMs) =>
    runSession(crew, life, intendedMs),
  );
  meter.stop();
  return summariseShare({ plan, span, lives, lag: meter.samples, beganMs, stopped: stopSwitch.stopped });
}
