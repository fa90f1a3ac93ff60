import { isWelcome } from '../history/connections.ts';
import { askVerbs } from './verbs/ask.ts';
import type { AskVerbs } from './verbs/ask.ts';
import { contextOf } from './verbs/context.ts';
import type { ClientConnection } from './verbs/context.ts';
import { keepAliveVerbs } from './verbs/keep-alive.ts';
import type { KeepAliveVerbs } from './verbs/keep-alive.ts';
import { lifetimeVerbs } from './verbs/lifetime.ts';
import type { LifetimeVerbs } from './verbs/lifetime.ts';
import { productVerbs } from './verbs/product.ts';
import type { ProductVerbs } from './verbs/product.ts';
import { sendVerbs } from './verbs/send.ts';
import type { SendVerbs } from './verbs/send.ts';
import type { WaitEnding } from './verbs/wait.ts';

/** One WebSocket client of one test user. Its verbs act and record; none of them judges, and none throws for the server. */
export interface AgentClient extends SendVerbs, KeepAliveVerbs, AskVerbs, ProductVerbs, LifetimeVerbs {
  /** The name of the connection in the history. */
  readonly name: string;
  readonly user: string;
  /** Whether messages can still be sent. */
  isOpen(): boolean;
  /** Waits for the welcome. */
  welcomed(): Promise<WaitEnding>;
  /** Waits until the server has decided on the credential: welcome, or the end of the connection. */
  decided(): Promise<WaitEnding>;
}

/** Builds the verbs on a socket that was opened, or refused: then they record nothing and end at once. */
export function agentClient(connection: ClientConnection): AgentClient {
  const { socket, name, user, budgets } = connection;
  const context = contextOf(connection);
  const untilWelcome = { until: isWelcome, totalMs: budgets.welcomeDeadlineMs };
  return {
    name,
    user,
    isOpen: () => socket.readyState === socket.OPEN,
    welcomed: () => context.wait('welcome', untilWelcome),
    decided: () => context.wait('welcome or refusal', untilWelcome),
    ...sendVerbs(context),
    ...keepAliveVerbs(context),
    ...askVerbs(context),
    ...productVerbs(context),
    ...lifetimeVerbs(context),
  };
}
