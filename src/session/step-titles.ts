import type { WaitEnding } from '../client/verbs/wait.ts';
import type { Connection } from '../history/connections.ts';
import { allOf, connectionNamed } from '../history/connections.ts';
import type { Entry, History } from '../history/entry.ts';
import { runName } from '../history/runs.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import { AGENT_EVENTS } from '../protocol/agent-events.ts';
import { closeCode } from '../protocol/close-codes.ts';
import { span } from '../report/measures.ts';
import type { StepSummary } from './step-reporter.ts';

/** How connecting went. */
export function connectingTitles(connection: Connection | undefined): readonly StepSummary[] {
  if (connection?.request === undefined) return [];
  const { name, request, opened, refused } = connection;
  const credential = request.credential === 'valid' ? '' : ` with a credential that is ${request.credential}`;
  const end = opened ?? refused;
  const took = end === undefined ? '' : ` after ${span(end.atMs - request.atMs)}`;
  const result = opened === undefined ? `refused${took}: ${refused?.because ?? 'no answer'}` : `open${took}`;
  return [
    {
      kind: opened === undefined ? 'refused' : 'connected',
      sentence: `Connect user ${request.user}${credential} as ${name}: ${result}`,
    },
  ];
}

/** How a wait ended. A welcome is timed from the open socket, everything else from the request. */
export function endingTitle(
  history: History,
  name: string,
  kind: string,
  ending: WaitEnding,
  waitedMs: number,
): StepSummary {
  if (ending.by === 'deadline') {
    return { kind: `not ${kind}`, sentence: `${name}: not ${kind} within ${span(ending.afterMs)}` };
  }
  if (ending.by === 'message') {
    const { opened, welcome } = connectionNamed(history, name) ?? {};
    const isWelcome = welcome !== undefined && ending.entry.index === welcome.index;
    const tookMs = isWelcome && opened !== undefined ? welcome.atMs - opened.atMs : waitedMs;
    return { kind, sentence: `${name}: ${kind} after ${span(tookMs)}` };
  }
  return { kind: `not ${kind}`, sentence: `${name}: not ${kind}, ${endOf(ending.entry)}` };
}

function endOf(entry: Entry): string {
  if (entry.kind === 'refused') return `refused: ${entry.because}`;
  if (entry.kind !== 'closed') return entry.kind;
  return `closed by ${entry.by === 'us' ? 'us' : 'the server'} with ${entry.code} (${closeCode(entry.code).name})`;
}

/** How the runs of a connection went, each in a sentence. */
export function runTitles(history: History, name: string): readonly StepSummary[] {
  return runsOf(history)
    .runs.filter((run) => run.connection === name)
    .map((run) => runTitle(run, name));
}

function runTitle(run: Run, name: string): StepSummary {
  const { entries, terminal } = run.deliveries.get(name) ?? { entries: [], terminal: undefined };
  const came = new Set(entries.map(({ message }) => message.event));
  const events = `${AGENT_EVENTS.filter((event) => came.has(event)).length} of ${AGENT_EVENTS.length} events`;
  const title = capitalised(runName(run));
  if (terminal !== undefined) {
    const sentence = `${title}: ${events} in ${span(terminal.atMs - run.request.atMs)}`;
    return { kind: `run of ${events}`, sentence };
  }
  const last = entries.at(-1);
  const result =
    last === undefined ? 'no event came' : `${events}, the last ${last.message.event ?? last.message.type}`;
  return { kind: 'run without an end', sentence: `${title}: ${result}, no end` };
}

/** What HTTP requests and stages of the preflight found. */
export function probeTitles(entries: readonly Entry[]): readonly StepSummary[] {
  return allOf(entries, 'probe').map(({ name, target, status, found, error, durationMs }) => {
    const outcome = error ?? found ?? `HTTP ${status ?? 'without status'}`;
    return { kind: name, sentence: `${capitalised(name)} (${target}): ${outcome} in ${span(durationMs)}` };
  });
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
