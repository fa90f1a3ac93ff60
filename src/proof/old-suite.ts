/** One defect that was planted under the suite which this harness replaces (failure notes §1.4). */
export interface OldRow {
  readonly defect: string;
  /** The case of this harness that plants the same defect. */
  readonly ours: string;
  /** Passed, failed and skipped of its 19 tests at beta-15, or of its 16 at beta-11 where that was not measured. */
  readonly verdicts: string;
  /** Whether its verdicts differed from those on a healthy server. */
  readonly noticed: boolean;
}

/** The measured matrix of the old suite: on a healthy server 18 passed and 1 failed. */
export const OLD_SUITE: readonly OldRow[] = [
  { defect: 'handshake 403 for everyone', ours: 'refuse-good-token-403', verdicts: '9P 9F 1S', noticed: true },
  { defect: 'handshake 404', ours: 'upgrade-404', verdicts: '4P 14F 1S', noticed: true },
  { defect: 'handshake 500', ours: 'upgrade-500', verdicts: '5P 13F 1S', noticed: true },
  { defect: 'handshake and REST 503', ours: 'backend-down', verdicts: '3P 7F 9S', noticed: true },
  { defect: '1011 after 63 ms', ours: 'close-1011-after-63ms', verdicts: '6P 12F 1S', noticed: true },
  { defect: 'welcome, then 1011', ours: 'close-1011-after-welcome', verdicts: '11P 8F', noticed: true },
  { defect: 'error frame, then 1011', ours: 'error-instead-of-welcome', verdicts: '6P 12F 1S', noticed: true },
  { defect: '1000 "main cleanup"', ours: 'close-1000-main-cleanup', verdicts: '5P 13F 1S', noticed: true },
  { defect: 'open but silent for ever', ours: 'open-but-silent', verdicts: '9P 9F 1S', noticed: true },
  { defect: 'welcome late', ours: 'welcome-late', verdicts: '13P 5F 1S', noticed: true },
  { defect: 'no agent events', ours: 'stall-before-agent-started', verdicts: '15P 4F', noticed: true },
  { defect: 'only an ack', ours: 'no-events', verdicts: '16P 3F', noticed: true },
  { defect: '1011 in mid-stream', ours: 'close-1011-after-agent-thinking', verdicts: '12P 7F', noticed: true },
  { defect: 'both tool events missing', ours: 'drop-tools', verdicts: '17P 2F', noticed: true },
  { defect: 'only agent_started', ours: 'stall-after-agent-started', verdicts: '16P 3F', noticed: true },
  { defect: 'fully reversed order', ours: 'reverse-events', verdicts: '17P 2F', noticed: true },
  {
    defect: 'order wrong in the middle',
    ours: 'swap-tool-executing-tool-completed',
    verdicts: '18P 1F',
    noticed: false,
  },
  { defect: 'every event twice', ours: 'repeat-every-event', verdicts: '18P 1F', noticed: false },
  { defect: 'another user and thread', ours: 'foreign-ids', verdicts: '18P 1F', noticed: false },
  { defect: 'events without payload', ours: 'strip-payload', verdicts: '18P 1F', noticed: false },
  { defect: 'canned fallback events', ours: 'canned-run', verdicts: '18P 1F', noticed: false },
  { defect: 'pong never sent', ours: 'ignore-ping', verdicts: '18P 1F', noticed: false },
  { defect: 'REST says degraded', ours: 'health-degraded', verdicts: '17P 2F', noticed: true },
  { defect: 'healthy, its SLA files', ours: 'beta-9', verdicts: '0P 11F', noticed: true },
];
