import { conversationChecks } from '../../../src/checks/standard-checks.ts';
import { endpoint } from '../../../src/checks/endpoint.ts';
import { judge } from '../../../src/checks/judgement.ts';
import { preflight } from '../../../src/checks/preflight.ts';
import type { Verdict } from '../../../src/checks/verdict.ts';
import type { History } from '../../../src/history/entry.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

/** What a server may send to be obeyed instead of shown: to a terminal, a CI runner, a browser, a spreadsheet, a file system. */
export const PAYLOADS: Readonly<Record<string, string>> = {
  'a terminal title': '\u001b]0;owned\u0007',
  'a cleared screen': '\u001b[2J\u001b[1;1H',
  'a device control string': '\u001bP$q"p\u001b\\',
  'an application command in one byte': '\u009fowned\u009c',
  'a carriage return and backspaces': 'all is well\r\b\b\b\bowned',
  'a bidirectional override': 'report\u202egnp.exe',
  'an isolate and a mark': '\u2067owned\u2069\u200f',
  'a workflow command on a line of its own': 'x\n::error::owned\n  ::stop-commands::owned',
  'a workflow command behind an exotic line break': 'x\u2028::add-mask::a\u0085::error::owned\r::error::owned',
  'a workflow command at the beginning': '::set-output name=a::owned',
  'a workflow command within a line': '##[error]owned',
  'a script': '<script>window.owned = true</script>',
  'an image with a handler': '<img src="x" onerror="window.owned = true">',
  'a drawing with a handler': '<svg/onload=window.owned=true>',
  'the end of an attribute': '"\'><a href="javascript:window.owned=true">x</a>',
  'the end of a style': '</style></title></textarea><script>window.owned = true</script>',
  'a link and an image in Markdown': '[x](https://owned.invalid) ![x](https://owned.invalid/x.png) `x` | x',
  'a fence in Markdown': 'x\n```\n# owned\n',
  'a formula': '=HYPERLINK("https://owned.invalid")',
  'a formula behind a sign': '+1+cmd|owned',
  'a formula with an at sign': '@SUM(1+1)',
  'a formula behind a tab': '\t=1+1',
  'a path': '../../../owned\u0000.html',
  'half of a character': 'owned\ud800',
};

/** A history in which everything that a server determines holds the payload, and all that the checks say of it. */
export function hostileHistory(payload: string): { readonly history: History; readonly verdicts: readonly Verdict[] } {
  const fake = fakeHistory();
  const headers = { 'x-hostile': payload, location: payload, server: payload };
  fake.probe({ name: 'dns', target: 'host', found: payload });
  fake.probe({ name: 'tcp', target: 'host', error: payload });
  fake.probe({ name: 'health', target: 'GET http://host/health', status: 200, headers, body: payload });
  fake.socket('c1').asks().fact({ kind: 'handshake-answer', status: 403, headers, body: payload });
  fake.socket('c1').fact({ kind: 'refused', because: payload, code: payload });
  const c2 = fake.socket('c2').asks().opens(payload).welcomed(payload).runs('r1');
  const more = { agent_name: payload, tool_name: payload, run_id: payload, thread_id: payload, user_id: payload };
  c2.event('r1', 'agent_started', more).event('r1', 'tool_executing', more);
  c2.receives({ type: payload, data: { event: payload }, payload });
  c2.receives({ type: 'error_message', error_code: payload, error_message: payload });
  c2.fact({ kind: 'unreadable', direction: 'received', why: 'not-json', excerpt: payload, bytes: 9 });
  c2.fact({ kind: 'control', direction: 'received', opcode: 'ping', payload });
  c2.event('r1', 'agent_error', { error: payload, message: payload });
  c2.fact({ kind: 'broken', code: 'WS_ERR_INVALID_UTF8', message: payload }).closed(1011, payload);
  const rules = { budgets: BUDGETS, order: 'exact' } as const;
  const checks = [preflight(), endpoint('health'), ...conversationChecks(rules)];
  return { history: fake.history, verdicts: checks.map((check) => judge(check, fake.history)) };
}
