/** What the settings, the clients and the checks know about one budget. */
interface BudgetRow {
  readonly name: string;
  /** Its environment variable, without the prefix of a project. */
  readonly variable: string;
  /**
   * A *budget* is what was promised: later is a finding. A *deadline* is how long we wait before we call an answer missing.
   * A *window* is how long we listen for what must not come.
   */
  readonly kind: 'budget' | 'deadline' | 'window';
  readonly defaultMs: number;
  /** The variable of the deadline for the same answer. It must not end before its budget: late and missing must differ. */
  readonly deadline?: string;
  readonly about: string;
}

/** How long the product may take, one row each. Settings, their defaults and the reader of recordings come from here. */
export const BUDGETS = [
  {
    name: 'connectBudgetMs',
    variable: 'CONNECT_BUDGET_MS',
    kind: 'budget',
    defaultMs: 5000,
    deadline: 'CONNECT_DEADLINE_MS',
    about: 'Upgrade answered later than this after its request is late.',
  },
  {
    name: 'connectDeadlineMs',
    variable: 'CONNECT_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 15_000,
    about: 'No answer to the upgrade request after this long is a refusal.',
  },
  {
    name: 'welcomeBudgetMs',
    variable: 'WELCOME_BUDGET_MS',
    kind: 'budget',
    defaultMs: 2000,
    deadline: 'WELCOME_DEADLINE_MS',
    about: 'Welcome later than this after the upgrade is late.',
  },
  {
    name: 'welcomeDeadlineMs',
    variable: 'WELCOME_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 30_000,
    about: 'No welcome after this long is missing.',
  },
  {
    name: 'pongBudgetMs',
    variable: 'PONG_BUDGET_MS',
    kind: 'budget',
    defaultMs: 5000,
    deadline: 'PONG_DEADLINE_MS',
    about: 'Pong later than this after its ping is late.',
  },
  {
    name: 'pongDeadlineMs',
    variable: 'PONG_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 10_000,
    about: 'No pong after this long is missing.',
  },
  {
    name: 'firstEventBudgetMs',
    variable: 'FIRST_EVENT_BUDGET_MS',
    kind: 'budget',
    defaultMs: 5000,
    deadline: 'FIRST_EVENT_DEADLINE_MS',
    about: 'First event of a run later than this after its request is late.',
  },
  {
    name: 'firstEventDeadlineMs',
    variable: 'FIRST_EVENT_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 30_000,
    about: 'No first event after this long is missing.',
  },
  {
    name: 'eventGapBudgetMs',
    variable: 'EVENT_GAP_BUDGET_MS',
    kind: 'budget',
    defaultMs: 15_000,
    deadline: 'EVENT_GAP_DEADLINE_MS',
    about: 'Longer silence between two events of one run is late.',
  },
  {
    name: 'eventGapDeadlineMs',
    variable: 'EVENT_GAP_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 30_000,
    about: 'Longer silence between two events of one run is a stall.',
  },
  {
    name: 'idleDeadlineMs',
    variable: 'IDLE_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 60_000,
    about: 'Longest silence of a whole connection, control frames included, while an answer is owed.',
  },
  {
    name: 'runBudgetMs',
    variable: 'RUN_BUDGET_MS',
    kind: 'budget',
    defaultMs: 120_000,
    about: 'From the request of a run to its last event.',
  },
  {
    name: 'closeDeadlineMs',
    variable: 'CLOSE_DEADLINE_MS',
    kind: 'deadline',
    defaultMs: 5000,
    about: 'How long the closing handshake may take.',
  },
  {
    name: 'quietWindowMs',
    variable: 'QUIET_WINDOW_MS',
    kind: 'window',
    defaultMs: 2000,
    about: 'How long nothing may arrive after the last event before the end is believed.',
  },
] as const satisfies readonly BudgetRow[];

/** How much one connection may receive. What exceeds it is not read: the socket is cut, and that is a finding. */
export const LIMITS = [
  {
    name: 'mostFrames',
    variable: 'MOST_FRAMES',
    default: 10_000,
    about: 'Most frames that one connection may receive; then it is cut, and that is a finding.',
  },
  {
    name: 'mostBytes',
    variable: 'MOST_BYTES',
    default: 8_388_608,
    about: 'Most bytes of messages and control frames that one connection may receive; then it is cut.',
  },
] as const;

type Budget = (typeof BUDGETS)[number];
type Limit = (typeof LIMITS)[number];

/** A number of frames, and of bytes. */
export type Limits = Readonly<Record<Limit['name'], number>>;

/** A number of milliseconds for every row of {@link BUDGETS}, and the {@link Limits}. */
export type Budgets = Readonly<Record<Budget['name'], number>> & Limits;

/** Budgets and limits as their variables set them. */
export function budgetsOf(values: Readonly<Record<Budget['variable'] | Limit['variable'], number>>): Budgets {
  return {
    ...recordBy(BUDGETS, 'name', ({ variable }) => values[variable]),
    ...recordBy(LIMITS, 'name', ({ variable }) => values[variable]),
  };
}

/** An object with one value for every row, under the row's `key`. */
export function recordBy<Key extends string, Row extends Readonly<Record<Key, string>>, Value>(
  rows: readonly Row[],
  key: Key,
  valueOf: (row: Row) => Value,
): Readonly<Record<Row[Key], Value>>;
export function recordBy<Row extends Readonly<Record<string, unknown>>>(
  rows: readonly Row[],
  key: string,
  valueOf: (row: Row) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(rows.map((row) => [String(row[key]), valueOf(row)]));
}
