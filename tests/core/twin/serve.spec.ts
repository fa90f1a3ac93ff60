import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`twin alone: npm run twin ends on ${signal} to npm, and nothing listens any more`, async () => {
    const npm = spawn('npm', ['run', '-s', 'twin', '--', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    npm.stdout.setEncoding('utf8');
    let notes = '';
    npm.stdout.on('data', (text: string) => void (notes += text));
    const port = (): number => Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(notes)?.[1] ?? 0);
    await expect.poll(port, { timeout: 20_000 }).toBeGreaterThan(0);
    npm.kill(signal);
    await once(npm, 'exit');
    const [error] = await once(connect(port(), '127.0.0.1'), 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
}
