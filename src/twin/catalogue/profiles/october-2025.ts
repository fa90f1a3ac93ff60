import type { ConnectionContext, OtherRequest } from '../../behaviour/context.ts';
import { instead, say } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import { EVENT_VARIANTS } from '../../messages/event-variants.ts';
import { establishedWelcome } from '../../messages/later-welcomes.ts';
import { keepingAllBut } from '../kept-promises.ts';
import type { Profile } from '../profile.ts';
import { BETA_14_INTENDED, TOKEN_PREFIXES, runIn } from './later.ts';

/** Bytes; the command-line client takes as much. */
const LARGEST_MESSAGE_BYTES = 5 * 1_048_576;

/**
 * What the command-line client of October 2025 expects of its server (protocol notes §13, seen with that client): after its
 * acknowledgement it reads one frame, which must be `handshake_complete`. The welcome comes before the handshake; a client
 * that acknowledges nothing, such as a browser, is served all the same.
 */
export const OCTOBER_2025: Profile = {
  ...BETA_14_INTENDED,
  name: '2025-10',
  does: 'The welcome, then handshake_response, and handshake_complete after its acknowledgement; events of variant k.',
  carriers: [
    { kind: 'subprotocol', prefixes: TOKEN_PREFIXES, plain: true, environments: true },
    { kind: 'query', names: ['token'] },
    { kind: 'bearer' },
  ],
  maxMessageBytes: LARGEST_MESSAGE_BYTES,
  welcome: establishedWelcome,
  opening: (context) => [
    say('welcome', establishedWelcome(context), context.pace.settleMs),
    say('handshake-response', handshakeResponse(context)),
  ],
  reply: (request, context) =>
    isAcknowledgement(request) ? [HANDSHAKE_COMPLETE] : BETA_14_INTENDED.reply(request, context),
  run: runIn(EVENT_VARIANTS.k),
  variables: keepingAllBut('browser-fields', 'stop-agent'),
};

/** The other order that the client takes: the welcome ends the handshake, and nothing is read before the acknowledgement. */
export const OCTOBER_2025_WELCOME_LAST: Profile = {
  ...OCTOBER_2025,
  name: '2025-10/welcome-last',
  does: 'handshake_response, after its acknowledgement handshake_complete, and only then the welcome.',
  opening: (context) => [say('handshake-response', handshakeResponse(context), context.pace.settleMs)],
  readsFirst: 'handshake_acknowledged',
  reply: (request, context) =>
    instead(OCTOBER_2025.reply(request, context), HANDSHAKE_COMPLETE.label, (step) => [
      step,
      say('welcome', establishedWelcome(context)),
    ]),
};

const HANDSHAKE_COMPLETE: Step = say('handshake-complete', () => ({ type: 'handshake_complete' }));

function isAcknowledgement(request: OtherRequest): boolean {
  return request.kind === 'message' && request.type === 'handshake_acknowledged';
}

function handshakeResponse({ connectionId }: ConnectionContext) {
  return (epochMs: number) => ({
    type: 'handshake_response',
    thread_id: `thread_of_${connectionId}`,
    run_id: `run_of_${connectionId}`,
    request_id: `request_of_${connectionId}`,
    timestamp: epochMs / 1000,
    message: 'Handshake complete',
  });
}
