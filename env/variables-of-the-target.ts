import { AGENT_EVENTS } from '../src/protocol/agent-events.ts';
import { address, backend, commaList, listOf, oneOf, text, wholeNumber } from './kinds.ts';
import { optional, withDefault } from './row.ts';

/** How the order of a run's events is judged: by the grammar of a run, or as the five events once each. */
export const ORDER_MODES = ['grammar', 'exact'] as const;

const PINNED_PROMPT =
  'Use your cost analysis tool on the last thirty days of model usage, then name the three largest cost drivers with one saving each.';

/** What is tested, and with what. */
export const TARGET_VARIABLES = {
  BACKEND_URL: optional(backend(), {
    about: 'Address of the backend (https://…), or the word twin: start the embedded backend.',
  }),
  WEBSOCKET_URL: optional(address(['wss', 'ws']), {
    about: 'Address of the WebSocket. Default: the backend with wss and /ws.',
  }),
  AUTH_URL: optional(address(['https', 'http']), {
    about: 'Address of the auth service, where E2E_OAUTH_SIMULATION_KEY is exchanged for tokens.',
  }),
  ALLOWED_HOSTS: optional(commaList(), {
    about: 'Comma list of hosts that may be tested although they look like production.',
    envFileOnly: true,
  }),
  CONNECTIONS: withDefault(wholeNumber(1, 100_000), '10', {
    about: 'How many clients the concurrent specs and the fleet connect.',
  }),
  PROMPT: withDefault(text(), PINNED_PROMPT, {
    about: 'What the agent is asked. Pinned, and such that it needs a tool; the client appends a nonce.',
  }),
  REQUIRED_EVENTS: withDefault(listOf(AGENT_EVENTS), AGENT_EVENTS.join(','), {
    about: 'Comma list of the events that every run owes. The pinned prompt needs a tool, so all five.',
  }),
  COMPRESSION: withDefault(oneOf(['off', 'on']), 'off', {
    about: 'on: clients offer permessage-deflate.',
  }),
  ORDER: withDefault(oneOf(ORDER_MODES), 'grammar', {
    about:
      'grammar: an agent may think and call tools any number of times. exact: the five events, once each, in order.',
  }),
};
