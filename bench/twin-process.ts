import { hrtimeMs } from './clock.ts';
import { startTwin } from '../src/twin/twin.ts';
import type { TwinOptions } from '../src/twin/twin.ts';

/** Serves a twin in a process of its own, until the parent goes. Its clock is the system's monotonic one. */
const options: TwinOptions = JSON.parse(process.argv[2] ?? '{}');
const twin = await startTwin({ ...options, clock: hrtimeMs });
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message === 'journal') process.send?.({ journal: twin.journal.entries });
});
process.send?.({ websocketUrl: twin.websocketUrl, url: twin.url, jwtSecret: twin.jwtSecret });
