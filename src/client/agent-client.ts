import type WebSocket from 'ws';
import type { Budgets } from '../history/budgets.ts';
import { isWelcome } from '../history/connections.ts';
import type { Recorder } from '../history/recorder.ts';
import type { WaitGoal } from '../history/wait-goals.ts';
import type { OutgoingMessage } from '../protocol/requests.ts';
import { askVerbs } from './verbs/ask.ts';
import type { AskVerbs } from './verbs/ask.ts';
import { closeVerbs } from './verbs/close.ts';
import type { CloseVerbs } from './verbs/close.ts';
import { pingVerbs } from './verbs/ping.ts';
import type { HoldVerbs } from './verbs/hold.ts';
import { holdVerbs } from './verbs/hold.ts';
import type { MisbehaveVerbs } from './verbs/misbehave.ts';
import { misbehaveVerbs } from './verbs/misbehave.ts';
import type { PingVerbs } from './verbs/ping.ts';
import { sendText } from './verbs/send-text.ts';
import type { Ending, Wait } from './verbs/wait.ts';
import { waitFor } from './verbs/wait.ts';

/** One WebSocket client of one test user. Its verbs act and record; none of them judges, and none throws for the server. */
export interface AgentClient extends PingVerbs, AskVerbs, HoldVerbs, MisbehaveVerbs, CloseVerbs {
  /** The name of the connection in the history. */
  readonly name: string;
  readonly user: string;
  /** Whether messages can still be sent. */
  isOpen(): boolean;
  /** Waits for the welcome. */
  welcomed(): Promise<Ending>;
  /** Sends a JSON message. */
  send(message: OutgoingMessage): void;
  /** Sends any text as one text message. */
  sendText(text: string): void;
  /** Waits until the server has decided on the credential: welcome, or the end of the connection. */
  decided(): Promise<Ending>;
}

/** A wait on the client's own connection, from its first entry on unless it says otherwise. */
type OwnWait = Omit<Wait, 'connection' | 'from'> & Partial<Pick<Wait, 'from'>>;

/** What the verbs of one client share. Clocks: `clock` is monotonic, `now` the epoch, both in milliseconds. */
export interface ClientContext {
  readonly socket: WebSocket;
  readonly recorder: Recorder;
  readonly name: string;
  readonly user: string;
  readonly budgets: Budgets;
  readonly clock: () => number;
  readonly now: () => number;
  readonly createId: () => string;
  /** Index of the first entry of this connection. */
  readonly from: number;
  readonly sendText: (text: string) => void;
  readonly send: (message: OutgoingMessage) => void;
  /** Waits. The caller records what a deadline means. */
  readonly listen: (wait: OwnWait) => Promise<Ending>;
  /** Waits for one thing, and records the deadline when it ran out. */
  readonly wait: (waitingFor: WaitGoal, wait: OwnWait) => Promise<Ending>;
}

/** Builds the verbs on a socket that was opened, or refused: then they record nothing and end at once. */
export function agentClient(given: Omit<ClientContext, 'sendText' | 'send' | 'listen' | 'wait'>): AgentClient {
  const { socket, recorder, name, user, budgets, clock } = given;
  const write = (text: string): void => sendText(recorder, name, socket, text);
  const send = (message: OutgoingMessage): void => write(JSON.stringify(message));
  const listenHere: ClientContext['listen'] = (asked) =>
    waitFor(recorder, { from: given.from, ...asked, connection: name }, clock);
  const wait: ClientContext['wait'] = async (waitingFor, asked) => {
    const ending = await listenHere(asked);
    if (ending.by === 'deadline') {
      const { by: _, ...deadline } = ending;
      recorder.record(name, { kind: 'deadline', waitingFor, ...deadline });
    }
    return ending;
  };
  const context: ClientContext = { ...given, sendText: write, send, listen: listenHere, wait };
  return {
    name,
    user,
    isOpen: () => socket.readyState === socket.OPEN,
    send,
    sendText: write,
    welcomed: () => wait('welcome', { until: isWelcome, totalMs: budgets.welcomeDeadlineMs }),
    decided: () => wait('welcome or refusal', { until: isWelcome, totalMs: budgets.welcomeDeadlineMs }),
    ...pingVerbs(context),
    ...askVerbs(context),
    ...holdVerbs(context),
    ...misbehaveVerbs(context),
    ...closeVerbs(context),
  };
}
