import { execFileSync } from 'node:child_process';

/** The commit of the harness, with `+changes` when the work tree differs from it; empty outside a repository. */
export function gitHead(): string {
  try {
    const changes = git('status', '--porcelain');
    return `${git('rev-parse', '--short', 'HEAD')}${changes === '' ? '' : '+changes'}`;
  } catch {
    return '';
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
