import { restProbeName } from '../../checks/same-judgement.ts';
import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { EntryOf } from '../../history/entry.ts';
import type { Evidence } from './evidence.ts';
import { matchOn } from './evidence.ts';
import type { Match } from './signature.ts';

/**
 * What is tried after a test in which a valid credential came to nothing, by the name of its probe: the same token with one
 * thing changed, or another user with an id of another form. An upgrade that is welcomed has status 101.
 */
export const AFTERWARDS = {
  rest: 'afterwards-rest',
  byHeader: 'afterwards-by-header-alone',
  bySubprotocol: 'afterwards-by-subprotocol-alone',
  withoutE2eHeaders: 'afterwards-without-e2e-headers',
  otherUserId: 'afterwards-with-another-form-of-user-id',
  health: 'afterwards-health',
} as const;

type Retry = keyof typeof AFTERWARDS;

/** A trusted connection whose upgrade was refused. */
export interface RefusedUpgrade {
  readonly connection: Connection;
  /** `undefined` when there was no HTTP answer. */
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Code and text of the failure on our side. */
  readonly failure: string;
}

/** The refused upgrades among the connections that a finding names. */
export function refusedUpgrades({ affected }: Evidence): readonly RefusedUpgrade[] {
  return affected.flatMap((connection) => {
    const { opened, refused, answer } = connection;
    if (opened !== undefined || refused === undefined) return [];
    const status = answer === undefined || answer.status === 101 ? undefined : answer.status;
    const failure = `${refused.code ?? ''} ${refused.because}`;
    return [{ connection, status, body: answer?.body ?? '', headers: answer?.headers ?? {}, failure }];
  });
}

/** A matcher for refused upgrades. */
export function onRefused(
  which: (refused: RefusedUpgrade, evidence: Evidence) => boolean,
  more: Omit<Match, 'connections'> = {},
): (evidence: Evidence) => Match | undefined {
  return (evidence) => {
    const refused = refusedUpgrades(evidence).filter((candidate) => which(candidate, evidence));
    return matchOn(
      refused.map(({ connection }) => connection),
      more,
    );
  };
}

/** What else was tried with the same token: over HTTP, and upgrades with one thing changed. */
export function retriesIn({ history }: Evidence): readonly EntryOf<'probe'>[] {
  const names: readonly string[] = [...Object.values(AFTERWARDS), restProbeName('valid')];
  return allOf(history, 'probe').filter(({ name }) => name !== AFTERWARDS.health && names.includes(name));
}

/** Status of the same token over HTTP; `undefined` when that was not tried, or gave no answer. */
export function statusOverHttp({ history }: Evidence): number | undefined {
  const names: readonly string[] = [AFTERWARDS.rest, restProbeName('valid')];
  return allOf(history, 'probe').findLast(({ name, status }) => names.includes(name) && status !== undefined)?.status;
}

/** Whether the upgrade succeeded once more, with that one thing changed. */
export function succeeded({ history }: Evidence, retry: Retry): boolean {
  return allOf(history, 'probe').some(({ name, status }) => name === AFTERWARDS[retry] && status === 101);
}

/** Whether a connection carried its token in the header, in a subprotocol, or in both. */
export function carrierOf({ request }: Connection): { readonly header: boolean; readonly subprotocol: boolean } {
  const header = request?.headers['authorization'] !== undefined;
  return { header, subprotocol: request?.offered.some((offered) => /^(?:jwt|bearer)/.test(offered)) ?? false };
}
