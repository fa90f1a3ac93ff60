/** The age at which connections of this product were seen to die, and what is known about it. */
export interface KnownDeath {
  readonly afterMs: number;
  /** Row of the failure notes, where there is one. */
  readonly signature: string;
  readonly looksLike: string;
}

/** How one connection died, in time as the field knows it. */
export interface Death {
  readonly ageMs: number;
  readonly closeCode: number;
  /** The interval that the server advertises or keeps, where it is known. */
  readonly heartbeatMs?: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const OF_THE_PRODUCT: readonly KnownDeath[] = [
  { afterMs: 6 * SECOND, signature: 'FM-47', looksLike: 'the instability that ended connections at about 6 s' },
  { afterMs: 2 * MINUTE, signature: 'FM-46', looksLike: 'a heartbeat time-out against the settings of the platform' },
];

/** Load balancers and Cloud Run end connections at round ages, without a close frame (protocol notes §9.2). */
const OF_PROXIES: readonly KnownDeath[] = [30 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 60 * MINUTE].map(
  (afterMs) => ({
    afterMs,
    signature: 'proxy cut',
    looksLike: `the time-out of a proxy or load balancer, ${afterMs / SECOND} s`,
  }),
);

const MOST_MISSED_HEARTBEATS = 3;
const TOLERANCE = 0.1;
const WITHOUT_CLOSE_FRAME = 1006;

/** The known death whose age is nearest, when it is within a tenth of it. */
export function closestDeath(death: Death): KnownDeath | undefined {
  const proxies = death.closeCode === WITHOUT_CLOSE_FRAME ? OF_PROXIES : [];
  const candidates = [...OF_THE_PRODUCT, ...heartbeatsOf(death), ...proxies];
  const [nearest] = candidates.toSorted((one, other) => distance(one, death) - distance(other, death));
  return nearest !== undefined && distance(nearest, death) <= TOLERANCE ? nearest : undefined;
}

function heartbeatsOf({ heartbeatMs }: Death): readonly KnownDeath[] {
  if (heartbeatMs === undefined) return [];
  return Array.from({ length: MOST_MISSED_HEARTBEATS }, (_, missed) => ({
    afterMs: heartbeatMs * (missed + 1),
    signature: 'FM-46',
    looksLike: `${missed + 1} times the heartbeat interval of ${heartbeatMs / SECOND} s`,
  }));
}

function distance({ afterMs }: KnownDeath, { ageMs }: Death): number {
  return Math.abs(ageMs - afterMs) / afterMs;
}
