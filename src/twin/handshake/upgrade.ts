import type { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createAcceptance } from './acceptance.ts';
import type { Accepted } from './acceptance.ts';
import { attemptOf } from './attempt-of.ts';
import { serveConnection } from '../server/connection.ts';
import type { HandshakeContext, RunRequest } from '../server/context.ts';
import { decide } from './handshake.ts';
import { httpText } from '../http/http-text.ts';
import type { JournalFact } from '../server/journal.ts';
import type { TwinParts } from '../server/parts.ts';
import { seededRandom } from '../server/seeded-random.ts';
import { rejectAfterUpgrade } from './reject-after-upgrade.ts';
import { connectionName } from '../messages/welcome-shapes.ts';
import type { Ends } from '../server/wire.ts';

/** Answers upgrade requests. The returned function is the listener for a server's `upgrade` event. */
export function createUpgrade(parts: TwinParts): (request: IncomingMessage, tcp: Socket, head: Buffer) => void {
  const accept = createAcceptance(parts.profile.compression);
  let attempts = 0;

  const answer = async (request: IncomingMessage, tcp: Socket, head: Buffer, number: number): Promise<void> => {
    const attempt = await attemptOf(request, number, parts);
    const context: HandshakeContext = { ...parts, attempt, random: seededRandom(parts.seed, 'connection', number) };
    const decision = parts.engine.handshake(decide(context), context);
    const note = (fact: JournalFact): void => void parts.journal.note(attempt.clientPort, fact);
    if (decision.kind === 'open' || decision.kind === 'turn-away') {
      accept(request, tcp, head, decision, (socket) => admit({ socket, tcp }, decision, context, parts, note));
      return;
    }
    note({ kind: 'refusal', path: attempt.path, status: decision.kind === 'refuse' ? decision.status : 0 });
    if (decision.kind === 'refuse') {
      tcp.end(httpText(decision.status, decision.headers, decision.body, parts.epochMs()));
    } else if (decision.kind === 'cut') tcp.destroy();
  };

  return (request, tcp, head) => {
    tcp.on('error', () => tcp.destroy());
    attempts++;
    answer(request, tcp, head, attempts).catch((error: unknown) => tcp.destroy(toError(error)));
  };
}

function admit(
  ends: Ends,
  decision: Accepted,
  context: HandshakeContext,
  parts: TwinParts,
  note: (fact: JournalFact) => void,
): void {
  const { attempt, epochMs, random } = context;
  const userId = decision.kind === 'open' ? decision.userId : '';
  note({ kind: 'upgrade', path: attempt.path, subprotocol: decision.subprotocol, userId });
  if (decision.kind === 'turn-away') {
    rejectAfterUpgrade(ends, decision.plan, epochMs, note);
    return;
  }
  parts.admissions.push({ userId, marked: attempt.marked });
  const activeRuns = new Set<RunRequest>();
  const connectionId = connectionName(userId, epochMs(), random);
  const live = { activeRuns: () => [...activeRuns], peers: () => parts.roster.all() };
  serveConnection({ ...parts, ends, context: { ...context, ...live, userId, connectionId }, activeRuns, note });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
