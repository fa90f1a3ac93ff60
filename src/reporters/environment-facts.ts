import { SettingsError, loadSettings } from '../../env/settings.ts';
import { gitHead } from './git-head.ts';

/** Name and value, as the report shows them. */
export type Facts = Readonly<Record<string, string>>;

/** The effective settings of an environment, for a table; none when they are not valid. Holds no secret. */
export function settingsOf(environment: string): Facts {
  try {
    return loadSettings(environment).described;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return {};
  }
}

/** What a run was made with and against. `builds`: what the health endpoint of each environment says of its build. */
export function factsOfRun(environments: readonly string[], builds: ReadonlyMap<string, string>): Facts {
  const only = environments.length === 1;
  const named = environments.flatMap((environment) => {
    const facts = Object.entries(factsOfEnvironment(environment, builds.get(environment)));
    return facts.map(([name, value]) => [only ? name : `${environment}: ${name}`, value]);
  });
  return { Harness: gitHead(), Node: process.version, ...Object.fromEntries(named) };
}

function factsOfEnvironment(environment: string, build: string | undefined): Facts {
  try {
    const { target, rehearsal, backendUrl, twin, order, connections } = loadSettings(environment);
    const onTwin = target === 'twin';
    return {
      Project: environment,
      Target: backendUrl ?? 'twin, the embedded backend',
      Rehearsal: rehearsal ? 'yes: the twin stands in for the deployment' : 'no',
      Build: build ?? 'unknown: the health endpoint did not say',
      ...(onTwin && { Profile: twin.profile, Fault: twin.fault === '' ? 'none' : twin.fault }),
      'Order mode': order,
      Connections: `${connections}`,
    };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { Project: environment, Settings: 'not valid: see the test "starts, loads every spec, and judges"' };
  }
}
