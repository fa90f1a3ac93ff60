/** A row of the failure notes that looks on the wire like other rows, or does not show there. */
interface LookAlike {
  readonly id: string;
  readonly seen: string;
  readonly meaning: string;
  /** The signatures under which it appears. */
  readonly see: readonly string[];
}

/** The rows of the failure notes that no signature recognises; signatures name them as what else it could be. */
export const WITHOUT_SIGNATURE = [
  {
    id: 'FM-34',
    seen: 'Close 1011 without a message that explains it.',
    meaning: 'The report of an error failed itself, because a state could not be written as JSON.',
    see: ['FM-22', 'closed-1011-silently'],
  },
  {
    id: 'FM-41',
    seen: 'Close 1011 or HTTP 503 soon after a start.',
    meaning: 'The validation of redis failed at start-up. A small uptime_seconds supports this cause.',
    see: ['FM-22', 'FM-12', 'FM-24'],
  },
  {
    id: 'FM-59',
    seen: 'Fields of an event at another level.',
    meaning:
      'Releases put fields at the root, in `data` or in `payload`. The harness reads all three, so only a new place shows.',
    see: ['FM-58'],
  },
  {
    id: 'FM-62',
    seen: 'No events, or not all of them.',
    meaning:
      'The server makes the events, but has no connection to send them to: the thread was not known when the connection was made.',
    see: ['FM-53', 'FM-48'],
  },
  {
    id: 'FM-73',
    seen: 'Health says "degraded", and the WebSocket works.',
    meaning: 'A note in the report, not a failure. The twin shows it with the fault `health-degraded`.',
    see: [],
  },
  {
    id: 'FM-76',
    seen: 'A signature that was fixed appears again.',
    meaning: 'The fix is not deployed. Compare revision and version in the environment of the report.',
    see: [],
  },
  {
    id: 'FM-78',
    seen: 'Close 1011 at the first message, or no answer.',
    meaning: 'The session middleware is missing or in the wrong order. Only the log of the server shows it.',
    see: ['FM-27', 'FM-22'],
  },
] as const satisfies readonly LookAlike[];

/** The id of a row of the failure notes that has no signature. */
export type RowWithoutSignature = (typeof WITHOUT_SIGNATURE)[number]['id'];
