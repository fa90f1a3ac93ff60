/** How fast the twin is. All values are milliseconds. */
export interface TwinTiming {
  /** From the accepted upgrade to the first frame. */
  readonly settleMs: number;
  /** Between two events of one run, and before the first. */
  readonly betweenEventsMs: number;
  /** Between two server pings. */
  readonly heartbeatIntervalMs: number;
  /** Between the error frame and the close of a refused connection. */
  readonly beforeRefusalCloseMs: number;
  /** How much later than healthy a late frame is; more than the budget that it is meant to break. */
  readonly lateMs: number;
  /** From the accepted upgrade to a crash of the connection (failure notes FM-22). */
  readonly crashMs: number;
  /** From the accepted upgrade to the end of a connection whose user id is not accepted; about 1.2 s on beta-9 (observed). */
  readonly idCheckMs: number;
  /** How many times sooner than in the field a connection is ended because of its age. */
  readonly timeScale: number;
  /** How long after its start a server that starts badly is not ready. */
  readonly startUpMs: number;
}

/** Fast, and still in the right order of sizes. Staging itself needs 300 ms and more to its welcome (protocol notes §5.1). */
export const DEFAULT_TIMING: TwinTiming = {
  settleMs: 2,
  betweenEventsMs: 5,
  heartbeatIntervalMs: 20_000,
  beforeRefusalCloseMs: 10,
  lateMs: 2_500,
  crashMs: 63,
  idCheckMs: 40,
  timeScale: 1,
  startUpMs: 5_000,
};
