/** Times as the product writes them (observed): Python's ISO format has six digits of a second. */

/** `2026-11-25T10:31:33.229231+00:00` */
export function isoWithZone(epochMs: number): string {
  return `${isoWithoutZone(epochMs)}+00:00`;
}

/** `2026-11-25T10:21:45.428239`, in UTC. */
export function isoWithoutZone(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, -1)}000`;
}

/** `1795602693.148` */
export function epochSeconds(epochMs: number): number {
  return epochMs / 1000;
}
