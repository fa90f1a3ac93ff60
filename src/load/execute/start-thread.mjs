import { register } from 'tsx/esm/api';

// A worker thread starts without the loader of its parent, whichever that is, so it brings its own.
register();
await import('./thread.ts');
