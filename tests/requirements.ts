import type { Details, Requirement } from '../src/report/requirement.ts';
import { detailsOf } from '../src/report/requirement.ts';

/**
 * What the product promises: one row per behaviour, cited by the tests that verify it. Pure data. The source names the
 * protocol notes (P), the failure notes (FM) or an RFC.
 */
export const REQUIREMENTS = {
  'preflight:served': {
    epic: 'Preflight',
    feature: 'Environment',
    behaviour:
      'The deployment can be reached, by name, TCP, TLS, health, clock and one token, and serves a first user: upgrade, welcome, ping and one whole run',
    source: 'P §2, §3.5; FM-01, FM-02, FM-03, FM-20, FM-21',
    severity: 'blocker',
  },
  'services:health': {
    epic: 'Service endpoints',
    feature: 'Health',
    behaviour: 'Every health endpoint says healthy, ok or ready; degraded is a note',
    source: 'P §1.2; FM-72, FM-73, FM-74',
    severity: 'critical',
  },
  'services:configuration': {
    epic: 'Service endpoints',
    feature: 'Configuration',
    behaviour: 'WebSocket configuration, discovery, MCP configuration and MCP servers are served',
    source: 'P §1.2',
    severity: 'normal',
  },
  'auth:accepted': {
    epic: 'Authentication',
    feature: 'Acceptance',
    behaviour: 'A valid token is accepted by header, by subprotocol and by both',
    source: 'P §3.1, §3.3; FM-06, FM-16, FM-17, FM-18, FM-19',
    severity: 'blocker',
    looks: ['@security'],
  },
  'auth:refused': {
    epic: 'Authentication',
    feature: 'Refusal',
    behaviour:
      'A bad credential is refused over WebSocket, alone and after a good connection, with and without the E2E headers, and over HTTP; by another close code than 1008 is a note',
    source: 'P §3.4, §3.6, §12; FM-28, FM-66',
    severity: 'blocker',
    looks: ['@security'],
  },
  'auth:judged-alike': {
    epic: 'Authentication',
    feature: 'Consistency',
    behaviour: 'The same token is judged the same over HTTP and over WebSocket',
    source: 'P §3.6; FM-06, FM-07',
    severity: 'critical',
    looks: ['@security'],
  },
  'headers:neutral': {
    epic: 'E2E headers',
    feature: 'Neutrality',
    behaviour: 'The E2E headers are sent, and change nothing that a user would notice',
    source: 'P §4.1, §4.2; FM-77',
    severity: 'normal',
  },
  'welcome:first': {
    epic: 'Connection',
    feature: 'Welcome',
    behaviour: 'The first meaningful frame is one welcome, in time, naming the user of the token',
    source: 'P §5.4, §5.5; FM-22 to FM-40',
    severity: 'blocker',
  },
  'heartbeat:ping': {
    epic: 'Connection',
    feature: 'Keep-alive',
    behaviour: 'Each ping is answered by one pong, several outstanding ones too',
    source: 'P §6; FM-44, FM-45',
    severity: 'critical',
  },
  'heartbeat:heartbeat': {
    epic: 'Connection',
    feature: 'Keep-alive',
    behaviour: 'Each heartbeat is acknowledged',
    source: 'P §6',
    severity: 'normal',
  },
  'heartbeat:control': {
    epic: 'Connection',
    feature: 'Keep-alive',
    behaviour: 'Ping control frames are answered with the same payload',
    source: 'RFC 6455 §5.5.2, §5.5.3',
    severity: 'normal',
  },
  'events:ordered': {
    epic: 'Agent events',
    feature: 'One run',
    behaviour: 'A run delivers the five events in order, once, whole and in time, and nothing after its end',
    source: 'P §8; FM-53 to FM-65',
    severity: 'blocker',
  },
  'events:successive-runs': {
    epic: 'Agent events',
    feature: 'Several runs',
    behaviour: 'Two runs, one after the other on one connection, are both whole',
    source: 'P §8.4; FM-51',
    severity: 'critical',
  },
  'events:concurrent-runs': {
    epic: 'Agent events',
    feature: 'Several runs',
    behaviour: 'Two runs at once on one connection are both whole and not mixed up',
    source: 'P §8.4',
    severity: 'critical',
    looks: ['@concurrent'],
  },
  'events:known-thread': {
    epic: 'Agent events',
    feature: 'Threads',
    behaviour: 'A run that is asked for in a thread made over HTTP stays in this thread',
    source: 'P §8, observed on beta-9',
    severity: 'critical',
  },
  'input:survived': {
    epic: 'Bad input',
    feature: 'Robustness',
    behaviour: 'Bad input gets its documented answer, and the connection still serves',
    source: 'P §7.3, §10; FM-48, FM-50',
    severity: 'normal',
  },
  'users:served-together': {
    epic: 'Concurrency',
    feature: 'Many users',
    behaviour: 'Many users at once are each welcomed, answered and served a whole run',
    source: 'P §11; FM-42, FM-69, FM-70',
    severity: 'blocker',
    looks: ['@concurrent'],
  },
  'users:fleet': {
    epic: 'Concurrency',
    feature: 'Fleet',
    behaviour: 'A fleet of any declared size is held open together; each user gets a whole run, in order and in time',
    source: 'P §11; FM-42, FM-67, FM-69, FM-70',
    severity: 'critical',
  },
  'users:isolated': {
    epic: 'Concurrency',
    feature: 'Isolation',
    behaviour: 'Nothing of one user reaches another',
    source: 'P §11; FM-67',
    severity: 'blocker',
    looks: ['@security', '@concurrent'],
  },
  'users:every-socket': {
    epic: 'Concurrency',
    feature: 'Several sockets of one user',
    behaviour: 'Every socket of a user gets the events of that user',
    source: 'P §11; FM-68',
    severity: 'critical',
    looks: ['@concurrent'],
  },
  'clients:browser': {
    epic: 'Clients of the product',
    feature: 'Browser client',
    behaviour:
      'Answer, thoughts and tool names stand where the browser client reads them, its thread is announced, every message has a type',
    source: 'P §7.1, §12',
    severity: 'critical',
  },
  'clients:handshake': {
    epic: 'Clients of the product',
    feature: 'Command-line client',
    behaviour: 'handshake_complete follows the acknowledgement, and the welcome does not come in between',
    source: 'P §13',
    severity: 'critical',
  },
  'clients:early-request': {
    epic: 'Clients of the product',
    feature: 'Browser client',
    behaviour: 'A request that is sent at open, before the welcome, is served',
    source: 'P §5.1, §12',
    severity: 'normal',
  },
  'clients:token-refresh': {
    epic: 'Clients of the product',
    feature: 'Reconnecting',
    behaviour: 'A user who closes for a fresh token and connects again is welcomed and served a whole run',
    source: 'P §12',
    severity: 'critical',
  },
  'clients:session': {
    epic: 'Clients of the product',
    feature: 'Reconnecting',
    behaviour: 'session_restore after a reconnect is answered',
    source: 'P §12',
    severity: 'normal',
  },
  'clients:stop': {
    epic: 'Clients of the product',
    feature: 'Stopping',
    behaviour: 'stop_agent ends the run',
    source: 'P §7.3, §12',
    severity: 'normal',
  },
  'clients:large-request': {
    epic: 'Clients of the product',
    feature: 'Large messages',
    behaviour: 'A request of several hundred kilobytes is served, and so is its answer',
    source: 'P §10, §12',
    severity: 'normal',
  },
  'closing:answered': {
    epic: 'Connection',
    feature: 'Closing',
    behaviour: 'Our close frame is answered with the same code',
    source: 'RFC 6455 §5.5.1, §7.1.5',
    severity: 'normal',
  },
  'closing:by-us-only': {
    epic: 'Connection',
    feature: 'Closing',
    behaviour: 'A connection in use is not closed by the server, not even with 1000',
    source: 'P §9.2; FM-30, FM-32',
    severity: 'critical',
  },
  'reliability:rates': {
    epic: 'Reliability',
    feature: 'Rates',
    behaviour:
      'More than 95 % of the connections succeed, fewer than 1 % end with 1011, every run is whole, and health agrees',
    source: 'FM §3; FM-22, FM-42, FM-72, FM-79',
    severity: 'critical',
  },
  'reliability:idle': {
    epic: 'Reliability',
    feature: 'Idle connections',
    behaviour: 'A connection that is idle and kept alive stays open',
    source: 'FM-45, FM-46, FM-47',
    severity: 'critical',
  },
  'reliability:reconnect': {
    epic: 'Reliability',
    feature: 'Reconnecting',
    behaviour: 'A user who loses a connection is welcomed again in time',
    source: 'FM §3; FM-69; P §12',
    severity: 'critical',
  },
  'reliability:replay': {
    epic: 'Reliability',
    feature: 'Reconnecting',
    behaviour: 'What a user misses while absent is delivered once on return',
    source: 'P §10, §5.1',
    severity: 'critical',
  },
  'reliability:token-expiry': {
    epic: 'Reliability',
    feature: 'Token expiry',
    behaviour: 'A connection whose token expires is kept, or ended with a reason',
    source: 'P §12',
    severity: 'normal',
  },
  'reliability:limits': {
    epic: 'Reliability',
    feature: 'Limits',
    behaviour: 'What exceeds a limit is answered as documented and affects no other user',
    source: 'P §10; FM-70, FM-71',
    severity: 'normal',
  },
  'reliability:restart': {
    epic: 'Reliability',
    feature: 'Restart',
    behaviour: 'After a restart connections work again, and health says so no earlier',
    source: 'FM-72, FM-74, FM-75',
    severity: 'critical',
  },
  'reliability:soak': {
    epic: 'Reliability',
    feature: 'Soak',
    behaviour: 'Steady work stays reliable, and the memory of the harness does not grow',
    source: 'FM §3; FM-42',
    severity: 'critical',
  },
} as const satisfies Record<string, Requirement>;

export type RequirementId = keyof typeof REQUIREMENTS;

/** The static details of a test that verifies a requirement. */
export function verifies(id: RequirementId): Details {
  return detailsOf(id, REQUIREMENTS[id]);
}
