import type { AgentClient } from '../client/agent-client.ts';
import type { WaitEnding } from '../client/verbs/wait.ts';
import { connectionNamed } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { span } from '../report/measures.ts';
import type { Connect } from './connector.ts';
import type { HttpClient } from './http-client.ts';
import type { RunPreflight } from './run-preflight.ts';
import type { StepReporter, StepSummary } from './step-reporter.ts';
import { connectingTitles, endingTitle, probeTitles, runTitles } from './step-titles.ts';

/** The same `connect`; it and the verbs of its clients report their results as steps. */
export function reportConnect(connect: Connect, history: History, stepReporter: StepReporter): Connect {
  return async (request) => {
    const client = await stepReporter.report(
      () => connect(request),
      ({ name }) => connectingTitles(connectionNamed(history, name)),
    );
    return reportedClient(client, history, stepReporter);
  };
}

function reportedClient(client: AgentClient, history: History, stepReporter: StepReporter): AgentClient {
  const { name } = client;
  const waiting = (kind: string, act: () => Promise<WaitEnding>) => () => {
    const startMs = performance.now();
    return stepReporter.report(act, (ending) => [
      endingTitle(history, name, kind, ending, performance.now() - startMs),
    ]);
  };
  const acting = (kind: string, act: () => Promise<void>): Promise<void> => {
    const startMs = performance.now();
    return stepReporter.report(act, () => [
      { kind, sentence: `${name}: ${kind} in ${span(performance.now() - startMs)}` } satisfies StepSummary,
    ]);
  };
  return {
    ...client,
    welcomed: waiting('welcomed', client.welcomed),
    decided: waiting('let in', client.decided),
    ping: waiting('pong', client.ping),
    heartbeat: waiting('heartbeat acknowledged', client.heartbeat),
    pingFrame: waiting('pong frame', client.pingFrame),
    ask(prompt, thread) {
      const nonce = client.ask(prompt, thread);
      stepReporter.note({ kind: 'run asked for', sentence: `${name}: asks for run ${nonce}` });
      return nonce;
    },
    settled: () => stepReporter.report(client.settled, () => runTitles(history, name)),
    begun: waiting('first event', client.begun),
    stop: waiting('stop answered', client.stop),
    restore: (thread) => waiting('session_restore answered', () => client.restore(thread))(),
    quiet: () => acting('received nothing more of any run', client.quiet),
    misbehave: (input) => acting(`sent ${input}, and waited for the answer`, () => client.misbehave(input)),
    close: (code, reason) => acting('closed', () => client.close(code, reason)),
    cut: () => acting('cut off', client.cut),
  };
}

/** The same HTTP client; its requests are reported as steps. */
export function reportHttp(http: HttpClient, history: History, stepReporter: StepReporter): HttpClient {
  const reported = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const from = history.length;
    return stepReporter.report(act, () => probeTitles(history.slice(from)));
  };
  return {
    endpoint: (name) => reported(() => http.endpoint(name)),
    rest: (credential, token) => reported(() => http.rest(credential, token)),
    createThread: (token) => reported(() => http.createThread(token)),
    bypass: () => reported(() => http.bypass()),
  };
}

/** The same preflight; its stages are reported as steps. */
export function reportPreflight(
  runPreflight: RunPreflight,
  history: History,
  stepReporter: StepReporter,
): RunPreflight {
  return () => {
    const from = history.length;
    return stepReporter.report(runPreflight, () => probeTitles(history.slice(from)));
  };
}
