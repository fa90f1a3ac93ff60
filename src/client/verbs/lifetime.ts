import { Socket } from 'node:net';
import type WebSocket from 'ws';
import type { Entry } from '../../history/entry.ts';
import { closesByUs } from '../record-socket.ts';
import type { ClientContext } from './context.ts';
import type { WaitEnding } from './wait.ts';

/** Holding and ending a connection. */
export interface LifetimeVerbs {
  /** Stays for `forMs` milliseconds, answering the keep-alive, or until the connection ends. Asks for nothing. */
  hold(forMs: number): Promise<WaitEnding>;
  /**
   * Sends a close frame, and waits for the answer and then for the end of the TCP connection. What does not come in time is
   * recorded, and the socket is cut.
   */
  close(code?: number, reason?: string): Promise<void>;
  /** Resets the TCP connection without a close frame, as a lost network does. */
  cut(): Promise<void>;
}

const NORMAL_CLOSURE = 1000;

export function lifetimeVerbs({ socket, wait, waitQuietly, recorder, name, budgets }: ClientContext): LifetimeVerbs {
  const isClosed = (): boolean => socket.readyState === socket.CLOSED;
  const closed = (): Promise<unknown> =>
    wait('close', { until: ({ kind }) => kind === 'closed', totalMs: budgets.closeDeadlineMs });
  const ended = (): Promise<unknown> =>
    wait('end of TCP', {
      until: ({ kind }) => kind === 'ended',
      totalMs: budgets.closeDeadlineMs,
      from: recorder.history.length,
    });
  const has = (wanted: Entry['kind']): boolean =>
    recorder.history.some(({ kind, connection }) => kind === wanted && connection === name);
  const gone = (): Promise<unknown> => (has('closed') ? ended() : closed());
  return {
    hold: (forMs) => waitQuietly({ until: () => false, totalMs: forMs }),
    async close(code = NORMAL_CLOSURE, reason = '') {
      if (isClosed() || !has('opened')) return socket.terminate();
      if (socket.readyState === socket.OPEN) closesByUs(socket);
      socket.close(code, reason);
      if (!has('broken')) await closed();
      if (isClosed()) return;
      if (has('closed')) await ended();
      if (isClosed()) return;
      socket.terminate();
      await gone();
    },
    async cut() {
      if (isClosed() || !has('opened')) return socket.terminate();
      closesByUs(socket);
      reset(socket);
      await gone();
    },
  };
}

/** Ends the TCP connection with RST; `ws` keeps its TCP socket private and would end it with FIN. */
function reset(socket: WebSocket): void {
  const tcp: unknown = Reflect.get(socket, '_socket');
  if (tcp instanceof Socket) tcp.resetAndDestroy();
  else socket.terminate();
}
