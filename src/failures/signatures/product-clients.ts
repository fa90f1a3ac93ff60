import type { Signature } from '../signature.ts';

/** What takes from the product's own clients what they rely on and no specification asks for (protocol notes §12, §13). */
export const PRODUCT_CLIENTS = [
  {
    id: 'browser-client',
    title: 'the browser client cannot show what arrives',
    seen: 'The answer, a thought or a tool name stands elsewhere than in `payload`, a thread is not announced, or a message has no type.',
    meaning: 'Everything arrives, but the browser client shows "Processing...", loses its session, or raises an error.',
    phase: 'events',
    blame: 'product',
    rule: 'no payload.result, payload.reasoning or payload.tool_name; events before thread_created; a message without type',
    specificity: 'finding',
    codes: ['field-misplaced', 'thread-unannounced', 'message-untyped'],
    candidates: ['another sender of the server writes the events than the one the client was made for'],
    next: ['Compare the event in the attachment "history" with protocol notes §8.1', 'Ask which sender is in use'],
  },
  {
    id: 'client-request-ignored',
    title: 'the server ignores what only its own clients send',
    seen: 'A run goes on after `stop_agent`, `session_restore` gets no answer, or a request from before the welcome is lost.',
    meaning: 'The clients of the product rely on these, and no version promises them in writing.',
    phase: 'request',
    blame: 'product',
    rule: 'agent_completed after stop_agent; no answer to session_restore; no event for the request before the welcome, but for a later one',
    specificity: 'finding',
    codes: ['stop-ignored', 'restore-unanswered', 'early-request-lost'],
    candidates: [
      'no handler for this type of message',
      'messages are read only when a run is over',
      'messages that come before the receive loop begins are dropped',
    ],
    next: ['See in the attachment "transcript" what came after the request', 'Ask whether this version has a handler'],
  },
  {
    id: 'october-handshake',
    title: 'the command-line client cannot complete its handshake',
    seen: '`handshake_complete` does not come, or another message comes between it and the acknowledgement.',
    meaning: 'The command-line client reads one message after its acknowledgement, and fails unless that is it.',
    phase: 'welcome',
    blame: 'product',
    rule: 'handshake_response arrives, and the next message after handshake_acknowledged is not handshake_complete',
    specificity: 'finding',
    codes: ['handshake-incomplete', 'handshake-disordered'],
    candidates: ['the server does not wait for the acknowledgement', 'the welcome is sent by another task'],
    next: ['Look at the order of the first messages in the attachment "transcript"'],
  },
] as const satisfies readonly Signature[];
