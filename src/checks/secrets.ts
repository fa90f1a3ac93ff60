import { REDACTED } from '../history/redact.ts';
import type { Entry, History } from '../history/entry.ts';
import { judgement } from './judgement.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'no credential comes back from the server, and none reaches the history';
const TOKEN_SHAPE = /\beyJ[\w-]{8,}\.[\w-]+\./;
const MARKS = [REDACTED.secret, REDACTED.token];

/**
 * Credentials stay where they belong. A mark of the redactor in something received means that the server sent a
 * credential back; a token that is still readable means that our own redactor failed. A selected subprotocol may carry the
 * token (protocol notes §3.3) and is not judged.
 */
export function secrets(): Check {
  return (history: History) => {
    const judging = judgement('secrets', PROMISE);
    for (const entry of history) {
      judging.cite(entry);
      const connection = entry.connection;
      const entries = [entry.index];
      if (receivedText(entry).some((text) => MARKS.some((mark) => text.includes(mark)))) {
        const because = `#${entry.index} (${entry.kind}) contained a credential when it arrived`;
        judging.violated({
          code: 'secret-echoed',
          expected: PROMISE,
          found: 'a credential',
          because,
          entries,
          connection,
        });
      }
      if (TOKEN_SHAPE.test(everyText(entry))) {
        const because = `#${entry.index} (${entry.kind}) still holds a readable token`;
        judging.violated({
          code: 'secret-recorded',
          expected: PROMISE,
          found: 'a readable token',
          because,
          entries,
          connection,
        });
      }
    }
    return judging.verdict('no credential was seen where none belongs');
  };
}

function receivedText(entry: Entry): readonly string[] {
  if (entry.kind === 'received') return [entry.text];
  if (entry.kind === 'closed') return [entry.reason];
  if (entry.kind === 'handshake-answer') return [entry.body ?? ''];
  return [];
}

function everyText(entry: Entry): string {
  return entry.kind === 'received' || entry.kind === 'sent' ? entry.text : JSON.stringify(entry);
}
