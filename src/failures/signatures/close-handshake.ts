import { matchOn, onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

/** Close frames that are not exchanged as RFC 6455 §5.5.1 and §7.4 say. */
export const CLOSE_HANDSHAKE_SIGNATURES: readonly Signature[] = [
  {
    id: 'close-unanswered',
    title: 'our close frame is not answered as it should be',
    phase: 'close',
    blame: 'product',
    rule: 'no close frame in answer to ours, another code in it, or a cut',
    specificity: 'finding',
    matches: (evidence) =>
      onFinding(['close-unanswered', 'close-misanswered'])(evidence) ??
      matchOn(evidence.affected.filter(({ closed }) => closed?.by === 'us' && closed.code === 1006)),
    candidates: ['the handler has ended already, or is blocked', 'a proxy that drops close frames'],
    next: ['See in the attachment "transcript" what still came after our close frame'],
  },
  {
    id: 'close-code-illegal',
    title: 'the server sends a close code that must not be sent',
    phase: 'close',
    blame: 'product',
    rule: 'a close frame outside 1000–1014 and 3000–4999, or with a reserved code',
    specificity: 'combination',
    matches: onFinding(['close-code-illegal']),
    candidates: ['an HTTP status such as 401 is used as close code'],
    next: ['Report it with the attachment "transcript": clients see 1002 or 1006 instead'],
  },
];
