/** The system's monotonic clock in milliseconds: the same in every process of one machine. */
export function hrtimeMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
