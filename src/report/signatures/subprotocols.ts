import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

/** Handshakes that our own library aborts, because the selected subprotocol does not answer the offer (RFC 6455 §4.1). */
export const SUBPROTOCOL_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-16',
    title: 'the server selects a subprotocol although none was offered through the library',
    phase: 'upgrade',
    blame: 'harness',
    rule: 'the library says "Server sent a subprotocol but none was requested"',
    specificity: 'combination',
    matches: onFinding(['subprotocol-invalid'], ({ because }) => /none was requested/i.test(because)),
    candidates: ['the token was put into a raw header instead of being offered', 'a server that always selects one'],
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
    rule: 'the library says that the selected subprotocol is invalid',
    specificity: 'finding',
    matches: onFinding(['subprotocol-invalid']),
    candidates: ['the server echoes a fixed name, or only a part of the offered one'],
    next: ['Compare the offered and the selected subprotocol in the attachment "history"'],
  },
];
