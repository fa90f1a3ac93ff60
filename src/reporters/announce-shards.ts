import type { FullConfig } from '@playwright/test';
import { SHARDS_VARIABLE } from '../load/execute/shards.ts';

/**
 * Playwright's global set-up: tells the workers into how many parts a fleet is cut, one per shard. Specs are collected
 * before a test can see `config.shard`, hence the process variable.
 */
export default function announceParts({ shard }: FullConfig): void {
  process.env[SHARDS_VARIABLE] = String(shard?.total ?? 1);
}
