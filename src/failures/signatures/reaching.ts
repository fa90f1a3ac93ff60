import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { Entry } from '../../history/entry.ts';
import { HEALTH_PROBES } from '../../history/probe-names.ts';
import { onRefused } from '../endings.ts';
import type { Evidence } from '../evidence.ts';
import { speaksTls } from '../probes.ts';
import type { Signature } from '../signature.ts';
import { matchOn } from '../signature.ts';

const IS_IT_THE_ADDRESS = 'Is this address the deployment that was meant? Compare it with BACKEND_URL in the env file';

/** The service is not reached (failure notes §2.1). */
export const REACHING = [
  {
    id: 'FM-01',
    title: 'the host name does not resolve',
    seen: 'Preflight stage `dns` fails, or connections fail with ENOTFOUND.',
    meaning: 'No host with this name is known from here. Nothing of the product is tested.',
    phase: 'dns',
    blame: 'environment',
    rule: 'name resolution fails',
    specificity: 'finding',
    codes: ['dns-failed'],
    candidates: [
      'the host was renamed or removed',
      'a typing error in BACKEND_URL',
      'no name server from this machine',
    ],
    next: [IS_IT_THE_ADDRESS, 'Resolve the name from another machine'],
  },
  {
    id: 'FM-02',
    title: 'nothing accepts a TCP connection',
    seen: 'Preflight stage `tcp` fails, or connections get no further than the address: refused, unreachable, or no answer at all.',
    meaning: 'The name resolves, but nothing listens at the address. Nothing of the product is tested.',
    phase: 'tcp',
    blame: 'environment',
    rule: 'the name resolves, and no TCP connection comes about',
    specificity: 'finding',
    codes: ['tcp-failed'],
    candidates: ['the service is not deployed or not listening', 'a firewall, or a wrong port'],
    next: [IS_IT_THE_ADDRESS, 'Ask the operators of the deployment whether the service is up'],
  },
  {
    id: 'FM-03',
    title: 'the TLS handshake fails',
    seen: 'Preflight stage `tls` fails, or a connection gets no further than TCP. The text says what is wrong.',
    meaning: 'The address answers, but no trusted TLS connection comes about.',
    phase: 'tls',
    blame: 'environment',
    rule: 'TCP connects, TLS does not',
    specificity: 'finding',
    codes: ['tls-failed'],
    candidates: [
      'the certificate does not cover this (perhaps deprecated) host name, or has expired',
      'the server does not send its intermediate certificate',
      'the port speaks no TLS, or an old version of it',
    ],
    next: ['Look at the host names and the end date of the certificate', 'Do not switch verification off'],
  },
  {
    id: 'upgrade-cut',
    title: 'the connection was cut before the upgrade was answered',
    seen: 'ECONNRESET or "socket hang up" in answer to the upgrade request.',
    meaning:
      'The request arrived, and the connection ended without an HTTP answer. The wire does not show what ended it.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'the upgrade request ends in a network error without an HTTP answer',
    specificity: 'finding',
    codes: ['unreachable'],
    sharesWith: ['FM-13', 'FM-32'],
    candidates: ['a proxy or load balancer cut it', 'the process died while it handled the upgrade'],
    next: [
      { step: 'Look at the health endpoints of the same minute', answeredBy: HEALTH_PROBES },
      'Ask for the load balancer log of this time',
    ],
  },
  {
    id: 'plain-on-tls-port',
    title: 'the port speaks TLS, and the address says ws://',
    seen: 'A connection without TLS is cut before an answer. After the test, the same port completes a TLS handshake.',
    meaning: 'The address names the right port with the wrong scheme. Nothing of the product is tested.',
    phase: 'tls',
    blame: 'environment',
    rule: 'a connection to ws:// ends without an answer, and the port speaks TLS',
    specificity: 'mark',
    matches: (evidence) =>
      speaksTls(evidence) ? onRefused(({ status }) => status === undefined)(evidence) : undefined,
    candidates: ['WEBSOCKET_URL says ws:// and BACKEND_URL http:// where wss:// and https:// are meant'],
    next: ['Change the schemes in the env file to wss:// and https://'],
  },
  {
    id: 'clock-skewed',
    title: 'the clocks of harness and service are too far apart',
    seen: 'Preflight stage `clock` fails and says by how many seconds.',
    meaning:
      'Tokens are valid for minutes. With this difference the service refuses them as expired, or as not yet valid.',
    phase: 'http',
    blame: 'environment',
    rule: 'the date header of the service differs from our clock by more than the tolerance',
    specificity: 'finding',
    codes: ['clock-skewed'],
    sharesWith: ['FM-08'],
    candidates: ['the clock of the machine that ran this is wrong', 'a cache answered with an old date'],
    next: ['Compare both clocks with a third', 'Expect refused tokens until they agree'],
  },
  {
    id: 'all-silent',
    title: 'everything went silent at once',
    seen: 'Open connections get no answer, and in the same seconds a new upgrade is not answered either.',
    meaning:
      'Connections that do not depend on each other stop together: what they share is the way to the service. That the answers are ' +
      'missing says nothing about the product.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'while an upgrade is left without an answer, nothing arrives on any connection, and a welcomed one waits for an answer',
    specificity: 'mark',
    matches: (evidence) => matchOn(silentTogether(evidence)),
    sharesWith: ['FM-04'],
    candidates: ['the network between this machine and the service', 'a proxy or a host that hangs as a whole'],
    next: [
      'See in the attachment "timeline" when the last frame of each connection arrived: the same second is the same cause',
      'Ask for a record of the network, the proxy and the host of these seconds, and run again',
    ],
  },
] as const satisfies readonly Signature[];

/** The connections that waited while an upgrade was left without an answer and nothing arrived anywhere; none otherwise. */
function silentTogether({ history, connections }: Evidence): readonly Connection[] {
  const unanswered = allOf(history, 'deadline').filter(({ waitingFor }) => waitingFor === 'handshake');
  const arrivals = history.filter(isArrival);
  return unanswered.flatMap(({ connection, atMs, afterMs }) => {
    const isIn = (entry: Entry): boolean => entry.atMs >= atMs - afterMs && entry.atMs <= atMs;
    if (arrivals.some(isIn)) return [];
    const waiting = connections.filter(
      ({ welcome, entries }) =>
        welcome !== undefined && allOf(entries, 'deadline').some((wait) => wait.atMs >= atMs - afterMs),
    );
    return waiting.length === 0 ? [] : [...waiting, ...connections.filter(({ name }) => name === connection)];
  });
}

/** Whether the entry shows that something still came through. */
function isArrival(entry: Entry): boolean {
  if (entry.kind === 'control' || entry.kind === 'unreadable') return entry.direction === 'received';
  if (entry.kind === 'probe') return entry.status !== undefined;
  return (
    entry.kind === 'received' || entry.kind === 'handshake-answer' || (entry.kind === 'closed' && entry.by === 'them')
  );
}
