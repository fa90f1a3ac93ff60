import { connectionNamed } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

/** Handshakes that our own library aborts, because the selected subprotocol does not answer the offer (RFC 6455 §4.1). */
export const SUBPROTOCOL_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-16',
    title: 'a subprotocol was offered behind the back of the library, and the server selects one',
    phase: 'upgrade',
    blame: 'harness',
    rule: 'the library says "none was requested", and the upgrade request carried the header all the same',
    specificity: 'combination',
    matches: onFinding(
      ['subprotocol-invalid'],
      ({ because, connection }, { history }) =>
        /none was requested/i.test(because) && wroteItsOwnOffer(connection, history),
    ),
    candidates: ['the token was put into a raw header instead of being offered'],
    next: ['Check AUTH_CARRIER and the offered subprotocols in the attachment "history"'],
  },
  {
    id: 'FM-17',
    title: 'the server selects none of the offered subprotocols',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the library says "Server sent no subprotocol"',
    specificity: 'combination',
    matches: onFinding(['subprotocol-invalid'], ({ because }) => /sent no subprotocol/i.test(because)),
    candidates: ['this release accepts without selecting; some other clients connect all the same'],
    next: ['Run with AUTH_CARRIER=header to see whether the rest works', 'Report it: strict clients cannot connect'],
  },
  {
    id: 'subprotocol-not-offered',
    title: 'the server selects a subprotocol that was not offered',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the library says that the selected subprotocol is invalid, or that none was requested',
    specificity: 'finding',
    matches: onFinding(['subprotocol-invalid']),
    candidates: ['the server echoes a fixed name, or only a part of the offered one'],
    next: ['Compare the offered and the selected subprotocol in the attachment "history"'],
  },
];

function wroteItsOwnOffer(name: string, history: History): boolean {
  const request = connectionNamed(history, name)?.request;
  return request?.offered.length === 0 && request.headers['sec-websocket-protocol'] !== undefined;
}
