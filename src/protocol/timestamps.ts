const FIRST_MILLISECOND_EPOCH = 1e11;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The form that nearly every message has; `Date.parse` reads it (ECMA-262 §21.4.1.32), but takes 30 February for 2 March. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** Dates of ISO 8601 §5.2: calendar, week and ordinal dates, each extended (with hyphens) and basic. */
const DATE =
  /^(?<year>\d{4})(?:-(?<month>\d\d)-(?<day>\d\d)|(?<basicMonth>\d\d)(?<basicDay>\d\d)|-?W(?<week>\d\d)-?(?<weekday>[1-7])|-?(?<ordinal>\d{3}))$/;
/** Times of day of ISO 8601 §5.3; the last part may have a fraction, after a comma or a point. */
const TIME = /^(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d))?)?(?:[.,](?<fraction>\d+))?$/;
/** `Z`, or the difference from UTC. Some libraries add seconds to it, and ISO 8601 prefers the minus sign U+2212. */
const ZONE = /(?:Z|(?<sign>[+\u2212-])(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d))?)?)$/i;

/**
 * A wire timestamp as epoch milliseconds: a number below 1e11 is seconds, from there on milliseconds; text is ISO 8601 in any
 * of its forms, in UTC when it names no zone (protocol notes §8.2, row "timestamp"). `undefined` when it is neither.
 */
export function timestampMs(value: unknown): number | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined;
    return value < FIRST_MILLISECOND_EPOCH ? value * 1000 : value;
  }
  if (typeof value !== 'string') return undefined;
  const usual = USUAL.exec(value);
  const parsed = usual === null ? Number.NaN : Date.parse(usual[1] === undefined ? `${value}Z` : value);
  return Number.isNaN(parsed) ? iso8601Ms(value) : parsed;
}

/** Date and time are separated by `T`, or by a blank as in RFC 3339 §5.6. A date alone is its first moment. */
function iso8601Ms(text: string): number | undefined {
  const [date = '', clock] = text.trim().split(/[T ]/i, 2);
  const dayMs = dateMs(date);
  if (dayMs === undefined || clock === undefined) return dayMs;
  const zone = ZONE.exec(clock);
  const timeMs = timeOfDayMs(zone === null ? clock : clock.slice(0, zone.index).trimEnd());
  const zoneMs = zone === null ? 0 : differenceMs(zone.groups ?? {});
  return timeMs === undefined || zoneMs === undefined ? undefined : dayMs + timeMs - zoneMs;
}

function dateMs(text: string): number | undefined {
  const parts = DATE.exec(text.toUpperCase())?.groups;
  if (parts === undefined) return undefined;
  const year = Number(parts['year']);
  const { week, ordinal } = parts;
  if (week !== undefined) return weekDateMs(year, Number(week), Number(parts['weekday']));
  if (ordinal !== undefined) return sameYear(Date.UTC(year, 0, Number(ordinal)), year);
  const month = Number(parts['month'] ?? parts['basicMonth']);
  const ms = Date.UTC(year, month - 1, Number(parts['day'] ?? parts['basicDay']));
  return new Date(ms).getUTCMonth() === month - 1 ? sameYear(ms, year) : undefined;
}

function sameYear(ms: number, year: number): number | undefined {
  return new Date(ms).getUTCFullYear() === year ? ms : undefined;
}

/** Week 1 is the week of 4 January, and every week begins on Monday (ISO 8601 §3.1.1.23). */
function weekDateMs(year: number, week: number, weekday: number): number | undefined {
  const mondayOfFirst = mondayOf(Date.UTC(year, 0, 4));
  const ms = mondayOfFirst + ((week - 1) * 7 + weekday - 1) * DAY_MS;
  const isInYear = week >= 1 && mondayOf(ms) < mondayOf(Date.UTC(year + 1, 0, 4));
  return isInYear ? ms : undefined;
}

function mondayOf(ms: number): number {
  return ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY_MS;
}

/** From midnight on. 24:00 is the end of the day, and second 60 a leap second. */
function timeOfDayMs(text: string): number | undefined {
  const parts = TIME.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { minute, second, fraction } = parts;
  const [hours, minutes, seconds] = [Number(parts['hour']), Number(minute ?? 0), Number(second ?? 0)];
  if (hours > 24 || minutes > 59 || seconds > 60) return undefined;
  const unitMs = second !== undefined ? 1000 : minute !== undefined ? 60_000 : HOUR_MS;
  const wholeMs = hours * HOUR_MS + minutes * 60_000 + seconds * 1000;
  const ms = wholeMs + Math.floor(Number(`0.${fraction ?? 0}`) * unitMs);
  return ms <= DAY_MS ? ms : undefined;
}

function differenceMs(zone: Readonly<Record<string, string | undefined>>): number | undefined {
  const { sign, hour, minute, second } = zone;
  if (sign === undefined) return 0;
  const [hours, minutes, seconds] = [Number(hour), Number(minute ?? 0), Number(second ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = hours * HOUR_MS + minutes * 60_000 + seconds * 1000;
  return sign === '+' ? ms : -ms;
}
