import { z } from 'zod';
import { OPCODES } from '../report/har.ts';

const FIRST_MILLISECOND_EPOCH = 1e11;
/** ISO 8601 with a zone, as HAR 1.2 asks for: without a zone, the moment depends on the machine that reads it. */
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;
const FRAME_TYPES = ['send', 'receive', 'error'] as const;
const HOUR_MS = 3_600_000;
/** How long after its request a frame can be believed to have crossed the socket. */
const LONGEST_SOCKET_MS = 31 * 24 * HOUR_MS;

/** A number or a text as a person can find it in the file. */
function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
}

const date = z.string().transform((text, context) => {
  const atMs = ISO_8601.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  const expected = 'expected a date with a zone as in 2026-11-22T03:00:00.000Z';
  context.addIssue({ code: 'custom', message: `${expected}, found ${shown(text)}` });
  return z.NEVER;
});

/** A moment as epoch milliseconds. Chrome DevTools writes seconds since the epoch, Playwright milliseconds. */
const moment = z.number().transform((time) => (time < FIRST_MILLISECOND_EPOCH ? time * 1000 : time));

const frameType = z.enum(FRAME_TYPES, {
  error: ({ input }) => `expected one of ${FRAME_TYPES.join(', ')}, found ${shown(input)}`,
});

/** One frame; an error of the socket stands among them as one of type `error`, without a meaningful opcode. */
const frame = z
  .object({
    type: frameType,
    time: moment,
    opcode: z.number().optional(),
    data: z.string().nullish(),
  })
  .superRefine(({ type, opcode }, context) => {
    const known: readonly number[] = Object.values(OPCODES);
    if (type === 'error' || (opcode !== undefined && known.includes(opcode))) return;
    const message = `expected an opcode of RFC 6455 §5.2 (${known.join(', ')}), found ${shown(opcode)}`;
    context.addIssue({ code: 'custom', path: ['opcode'], message });
  })
  .transform(({ type, time, opcode = -1, data }) => ({ type, atMs: time, opcode, data: data ?? '' }));

/** How HTTP Toolkit writes the end of a socket: the close frame, or that there was none. */
const closeMark = z.union(
  [
    z.literal('aborted'),
    z.object({ code: z.number().nullish(), reason: z.string().nullish(), timestamp: moment.nullish() }),
  ],
  { error: ({ input }) => `expected a close code with its reason, or "aborted", found ${shown(input)}` },
);

const headers = z.array(z.object({ name: z.string(), value: z.string() }));

const socketEntry = z
  .object({
    startedDateTime: date,
    time: z.number().catch(0),
    request: z.object({ method: z.string().catch('GET'), url: z.string(), headers }),
    response: z.object({
      status: z.number(),
      httpVersion: z.string().catch(''),
      headers,
      content: z.object({ text: z.string().nullish(), encoding: z.string().nullish() }).nullish(),
      /** The error of a socket or of its handshake, as Chrome DevTools and Playwright write it. */
      _error: z.string().nullish(),
      _failureText: z.string().nullish(),
    }),
    _webSocketMessages: z.array(frame).nullish(),
    _webSocketClose: closeMark.nullish(),
  })
  .superRefine((socket, context) => {
    const frames = socket._webSocketMessages;
    if (opens(socket) && (frames === undefined || frames === null)) {
      const who = 'Firefox exports none, and other programs leave them out on request';
      const message = `no frames recorded, so there is nothing to judge. ${who}.`;
      context.addIssue({ code: 'custom', path: ['_webSocketMessages'], message });
    }
    const startMs = socket.startedDateTime;
    for (const [index, { atMs }] of (frames ?? []).entries()) {
      if (atMs >= startMs - HOUR_MS && atMs <= startMs + LONGEST_SOCKET_MS) continue;
      const expected = 'expected seconds or milliseconds since 1970, near the date of the request';
      const message = `${expected}, found ${shown(atMs / 1000)} s`;
      context.addIssue({ code: 'custom', path: ['_webSocketMessages', index, 'time'], message });
      return;
    }
  });

/** One socket of a HAR, as the file has it; dates and times are epoch milliseconds. */
export type HarSocket = z.infer<typeof socketEntry>;

const SWITCHING_PROTOCOLS = 101;
const HTTP2 = /^(?:h[23]|http\/[23])/i;
const FAILED_HANDSHAKE = /during WebSocket handshake/i;

/** The text of the error that ended a socket, or its handshake; empty when there was none. */
export function errorOf({ response, _webSocketMessages: frames }: HarSocket): string {
  const mark = frames?.find(({ type }) => type === 'error');
  return mark?.data ?? response._error ?? response._failureText ?? '';
}

/**
 * Whether a socket was open: frames crossed it, or its handshake was answered with 101, or over HTTP/2 with 2xx (RFC 8441
 * §5). Recorders that do not see the answer write status 0 or −1.
 */
export function opens(socket: HarSocket): boolean {
  const { request, response, _webSocketMessages: frames } = socket;
  if (frames?.some(({ type }) => type !== 'error') === true) return true;
  if (FAILED_HANDSHAKE.test(errorOf(socket))) return false;
  if (response.status === SWITCHING_PROTOCOLS) return true;
  const extended = request.method.toUpperCase() === 'CONNECT' || HTTP2.test(response.httpVersion);
  return extended && response.status >= 200 && response.status < 300;
}

/** What shows that an entry is a WebSocket. Everything else about it may be missing. */
const mark = z.object({
  request: z.object({ url: z.unknown().optional(), headers: z.unknown().optional() }).catch({ url: '', headers: [] }),
  _resourceType: z.unknown().optional(),
  _webSocketMessages: z.unknown().optional(),
  _webSocketClose: z.unknown().optional(),
});
const upgradeHeader = z.object({ name: z.string().regex(/^upgrade$/i), value: z.string().regex(/^websocket$/i) });

function isSocket(entry: unknown): boolean {
  const { data } = mark.safeParse(entry);
  if (data === undefined) return false;
  const { url, headers: list } = data.request;
  return (
    [data._webSocketMessages, data._webSocketClose].some((value) => value !== undefined && value !== null) ||
    data._resourceType === 'websocket' ||
    (typeof url === 'string' && /^wss?:/i.test(url)) ||
    (Array.isArray(list) && list.some((header) => upgradeHeader.safeParse(header).success))
  );
}

/** Reads the WebSockets of a HAR, and says of each what cannot be read. Other entries are left out, whatever they hold. */
export const HAR_SOCKETS = z
  .object({ log: z.object({ entries: z.array(z.unknown()) }) })
  .transform(({ log }, context): readonly HarSocket[] =>
    log.entries.flatMap((entry, index) => {
      if (!isSocket(entry)) return [];
      const { data, error } = socketEntry.safeParse(entry);
      for (const { path, message } of error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: ['log', 'entries', index, ...path], message });
      }
      return data === undefined ? [] : [data];
    }),
  );
