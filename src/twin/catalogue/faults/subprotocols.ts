import type { Decision } from '../../behaviour/attempt.ts';
import type { HandshakeContext } from '../../behaviour/context.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** Subprotocols and headers that carry the token and are mishandled (failure notes FM-16 to FM-19). */
export const SUBPROTOCOL_FAULTS: readonly Fault[] = [
  {
    name: 'select-no-subprotocol',
    does: 'Accepts without selecting any of the offered subprotocols.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'subprotocol-invalid')],
    diagnosis: 'FM-17',
    handshake: (decision, { attempt }) => (attempt.offered.length > 0 ? selecting(decision, '') : decision),
  },
  {
    name: 'select-unoffered-subprotocol',
    does: 'Selects a subprotocol that was not offered.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'subprotocol-invalid')],
    diagnosis: 'subprotocol-not-offered',
    handshake: (decision, { attempt }) => (attempt.offered.length > 0 ? selecting(decision, 'bearer') : decision),
  },
  {
    name: 'select-subprotocol-unasked',
    does: 'Selects a subprotocol although none was offered.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'subprotocol-invalid')],
    diagnosis: 'subprotocol-not-offered',
    handshake: (decision, { attempt }) =>
      attempt.offered.length === 0 ? selectingUnasked(decision, 'jwt-auth') : decision,
  },
  {
    name: 'ignore-subprotocol-token',
    does: 'Does not find a token that travels as a subprotocol.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'token-refused')],
    diagnosis: 'FM-18',
    handshake: (decision, context) =>
      context.attempt.headers['authorization'] === undefined ? refusedForNoToken(decision, context) : decision,
  },
  {
    name: 'strip-authorization',
    does: 'Does not see the Authorization header, as behind a load balancer that strips it.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'token-refused')],
    diagnosis: 'FM-19',
    handshake: (decision, context) =>
      context.attempt.offered.length === 0 ? refusedForNoToken(decision, context) : decision,
  },
];

function selecting(decision: Decision, subprotocol: string): Decision {
  return decision.kind === 'open' || decision.kind === 'reject-after-upgrade' ? { ...decision, subprotocol } : decision;
}

/** A header of its own, because a WebSocket server does not select from nothing. */
function selectingUnasked(decision: Decision, subprotocol: string): Decision {
  return decision.kind === 'open' ? { ...decision, headers: { 'Sec-WebSocket-Protocol': subprotocol } } : decision;
}

function refusedForNoToken(decision: Decision, context: HandshakeContext): Decision {
  if (decision.kind !== 'open') return decision;
  return context.refuse({ valid: false, flaw: 'no-token', claimedUserId: '' });
}
