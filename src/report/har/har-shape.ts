import { z } from 'zod';

const headers = z.array(z.object({ name: z.string(), value: z.string() }));

/** One frame. Chrome DevTools writes `time` in seconds since the epoch, Playwright in milliseconds. */
const message = z.object({
  type: z.string(),
  time: z.number(),
  opcode: z.number(),
  data: z.string().default(''),
});

const entry = z.object({
  startedDateTime: z.string(),
  time: z.number().catch(0),
  request: z.object({ url: z.string(), headers }),
  response: z.object({ status: z.number(), headers, content: z.object({ text: z.string().optional() }).optional() }),
  _webSocketMessages: z.array(message).optional(),
});

/** Reader of the part of a HAR that tells about WebSockets; everything else in it may be as it likes. */
export const HAR = z.object({ log: z.object({ entries: z.array(entry) }) });

export type Har = z.infer<typeof HAR>;
export type HarEntry = Har['log']['entries'][number];
export type HarFrame = z.infer<typeof message>;
