import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

const ASK_BACKEND = 'Ask the backend developers for the traceback of this time';

/** Upgrades that fail for no fault of the token (failure notes §2.1). */
export const UPGRADE_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-04',
    title: 'the upgrade request is not answered',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'no HTTP answer to the upgrade request until the deadline',
    specificity: 'finding',
    matches: onFinding(['upgrade-unanswered']),
    candidates: ['a blocked event loop', 'a firewall or route that swallows upgrades'],
    next: ['Compare with the HTTP endpoints of the same minute: fast there means that only upgrades hang'],
  },
  {
    id: 'FM-09',
    title: 'the WebSocket route does not exist',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the upgrade is answered with 404',
    specificity: 'finding',
    matches: onFinding(['route-missing']),
    candidates: ['the route was renamed or not mounted', 'WEBSOCKET_URL names another path'],
    next: ['Compare the path with the routes of this release; a plain GET on it proves nothing'],
  },
  {
    id: 'FM-10',
    title: 'the server crashes while it handles the upgrade',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the upgrade is answered with 500',
    specificity: 'finding',
    matches: onFinding(['upgrade-crashed']),
    sharesWith: ['FM-33'],
    candidates: ['an exception before accept, such as a missing await', 'a handler that returns without accepting'],
    next: [ASK_BACKEND, 'Check whether it began with the last deployment'],
  },
  {
    id: 'FM-80',
    title: 'the upgrade is redirected, or answered as plain HTTP',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'a redirect, or a status that neither upgrades nor refuses',
    specificity: 'finding',
    matches: onFinding(['upgrade-redirected', 'upgrade-ignored']),
    candidates: [
      'a load balancer without upgrade support',
      'a mix of http and https, or a missing path in WEBSOCKET_URL',
    ],
    next: ['Look at the location header in the attachment "history"', 'Ask for the load balancer configuration'],
  },
];
