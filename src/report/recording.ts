import { z } from 'zod';
import { ORDER_MODES } from '../checks/run/order.ts';
import { BUDGETS, LIMITS, recordBy } from '../history/budgets.ts';
import type { Budgets } from '../history/budgets.ts';
import type { SavedCheck, Verdict } from '../checks/verdict.ts';
import { SAVED_ENTRY } from './saved-history.ts';
import type { SavedEntry } from './saved-history.ts';

/** What a file with a saved test says of itself. */
export const RECORDING_FORMAT = 'staging-websocket-e2e/history@1';

/** The circumstances of a test that its judgement depends on, or that its reader wants to know. */
export interface RecordingContext {
  /** `twin`, or the address of the backend. */
  readonly target: string;
  readonly project: string;
  readonly test: string;
  /** The moment at which the clock of the entries stood at zero, as in `2026-11-22T03:00:00.000Z`. */
  readonly clockZero: string;
  readonly order: (typeof ORDER_MODES)[number];
  readonly budgets: Budgets;
  /** Always-on checks that the test breaks on purpose. */
  readonly exemptFrom: readonly string[];
}

/** One judgement that a test made over its first `upTo` entries: a check that can be repeated, or a finished verdict. */
export type SavedJudgement = { readonly upTo: number } & (SavedCheck | { readonly verdict: Verdict });

/** A test as it is saved, such that it can be judged again. */
export interface Recording extends RecordingContext {
  readonly format: typeof RECORDING_FORMAT;
  readonly judged: readonly SavedJudgement[];
  readonly entries: readonly SavedEntry[];
}

const upTo = z.number();

/** A verdict is kept as it was stated; only its shape is looked at. */
const statedVerdict = z.custom<Verdict>(
  (value) =>
    z.object({ check: z.string(), holds: z.union([z.boolean(), z.literal('unknown')]) }).safeParse(value).success,
);

/** Reader of a recording. */
export const RECORDING: z.ZodType<Recording> = z.object({
  format: z.literal(RECORDING_FORMAT),
  target: z.string(),
  project: z.string(),
  test: z.string(),
  clockZero: z.iso.datetime(),
  order: z.enum(ORDER_MODES),
  budgets: z.object({
    // A recording of an earlier version has no value for a newer budget.
    ...recordBy(BUDGETS, 'name', ({ defaultMs }) => z.number().default(defaultMs)),
    ...recordBy(LIMITS, 'name', (row) => z.number().default(row.default)),
  }),

  exemptFrom: z.array(z.string()),
  judged: z.array(
    z.union([
      z.object({ upTo, check: z.string(), rules: z.array(z.unknown()) }),
      z.object({ upTo, verdict: statedVerdict }),
    ]),
  ),
  entries: z.array(SAVED_ENTRY),
});
