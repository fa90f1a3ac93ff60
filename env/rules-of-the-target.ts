import { isLoopback, productionWord } from './hosts.ts';
import { splitAtCommas } from './kinds.ts';
import { foundIn, named } from './reading.ts';
import type { Reading } from './reading.ts';
import { envFileName, fullName } from './sources.ts';

const ADDRESSES = ['BACKEND_URL', 'WEBSOCKET_URL', 'AUTH_URL'] as const;
const STRENGTH = ['envFile', 'secretsFile', 'process'];

/** A remote target must be named, be reached encrypted, be one deployment, and not look like production. */
export function ruleOfTheTarget(reading: Reading): readonly string[] {
  const { project, values, broken } = reading;
  if (broken.has('BACKEND_URL') || values.BACKEND_URL === 'twin') return [];
  if (values.BACKEND_URL === undefined) {
    const variable = fullName(project, 'BACKEND_URL');
    return [
      `${variable}: expected the address of a backend (https://…) or the word twin, found nothing. ` +
        `Looked for process variable ${variable} and for BACKEND_URL in env/${project}.secrets.env and ${envFileName(project)}. ` +
        `Add BACKEND_URL to ${envFileName(project)}.`,
    ];
  }
  return [...ADDRESSES.flatMap((name) => addressProblems(reading, name)), ...splitDeployment(reading)];
}

function addressProblems(reading: Reading, name: (typeof ADDRESSES)[number]): readonly string[] {
  const address = reading.values[name];
  if (address === undefined) return [];
  const { protocol, hostname } = new URL(address);
  const problems: string[] = [];
  if ((protocol === 'http:' || protocol === 'ws:') && !isLoopback(hostname)) {
    const secure = protocol === 'http:' ? 'https://' : 'wss://';
    problems.push(
      `${named(reading, name)}: expected ${secure} for every host but loopback, got ${JSON.stringify(address)}; ` +
        `the token would travel readable. Use ${secure}.`,
    );
  }
  const word = productionWord(hostname);
  const allowed = splitAtCommas(reading.sources.envFile['ALLOWED_HOSTS'] ?? '');
  if (word !== undefined && !allowed.includes(hostname)) {
    problems.push(
      `${named(reading, name)}: expected a host that is not production, got ${hostname}, which looks like it because of ` +
        `"${word}". Name a staging host; if this is one, add ALLOWED_HOSTS=${hostname} to ${envFileName(reading.project)}.`,
    );
  }
  return problems;
}

/** An overridden backend beside a WebSocket address of the file below it would test two deployments at once. */
function splitDeployment(reading: Reading): readonly string[] {
  const { BACKEND_URL: backend, WEBSOCKET_URL: websocket } = reading.values;
  const [backendSource, websocketSource] = [foundIn(reading, 'BACKEND_URL'), foundIn(reading, 'WEBSOCKET_URL')];
  if (backend === undefined || websocket === undefined || !backendSource || !websocketSource) return [];
  if (STRENGTH.indexOf(backendSource.from) <= STRENGTH.indexOf(websocketSource.from)) return [];
  if (new URL(backend).host === new URL(websocket).host) return [];
  return [
    `${named(reading, 'WEBSOCKET_URL')}: expected the deployment that ${named(reading, 'BACKEND_URL')} names, ` +
      `${new URL(backend).host}, got ${new URL(websocket).host}. Set ${fullName(reading.project, 'WEBSOCKET_URL')} as well.`,
  ];
}
