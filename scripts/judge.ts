import { parseArgs } from 'node:util';
import { ORDER_MODES } from '../src/checks/run/order.ts';
import type { OrderMode } from '../src/checks/run/order.ts';
import { JudgeError, judgeFile, report } from './judge-file.ts';
import { pin } from './pin.ts';

const USAGE = `Judges saved histories and HAR files offline: npm run judge -- [options] FILE…

  FILE               the attachment "history" of a test, or a HAR with WebSocket messages as Chrome DevTools
                     ("Save all as HAR with content") and Playwright (recordHar) write it
  --order <mode>     for a HAR: ${ORDER_MODES.join(' or ')} (default grammar)
  --project <name>   for a HAR: take the budgets from env/<name>.env (default: the defaults of the settings)
  --pin <name>       make the saved history a test of npm test, with its verdict of today (docs/recordings.md)
  --json             print the verdicts as JSON
  --help             this text

Ends with 0 when everything holds, 1 when something does not, 2 when a file cannot be judged.
`;

function orderOf(text: string): OrderMode {
  const order = ORDER_MODES.find((mode) => mode === text);
  if (order === undefined) throw new JudgeError(`--order: expected ${ORDER_MODES.join(' or ')}, got "${text}".`);
  return order;
}

function judgeAll(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      order: { type: 'string', default: 'grammar' },
      project: { type: 'string' },
      pin: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (positionals.length === 0) throw new JudgeError(`Expected at least one file, got none.\n\n${USAGE}`);
  if (values.pin !== undefined) {
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0)
      throw new JudgeError(`--pin: expected one file, got ${positionals.length}.`);
    process.stdout.write(pin(file, values.pin));
    return 0;
  }
  const order = orderOf(values.order);
  const judgements = positionals.map((file) => judgeFile(file, { order, project: values.project }));
  process.stdout.write(values.json ? `${JSON.stringify(judgements, null, 2)}\n` : judgements.map(report).join('\n'));
  return judgements.every(({ verdicts }) => verdicts.every(({ holds }) => holds === true)) ? 0 : 1;
}

try {
  process.exitCode = judgeAll(process.argv.slice(2));
} catch (error) {
  const isExpected = error instanceof JudgeError || (error instanceof TypeError && 'code' in error);
  process.stderr.write(`${error instanceof Error ? (isExpected ? error.message : error.stack) : String(error)}\n`);
  process.exitCode = 2;
}
