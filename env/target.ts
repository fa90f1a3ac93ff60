import { AGENT_EVENTS } from '../src/protocol/agent-events.ts';
import { CLIENT_PROMISES } from '../src/protocol/client-promises.ts';
import {
  address,
  backend,
  commaList,
  listOf,
  oneOf,
  optional,
  splitAtCommas,
  text,
  websocketAddress,
  wholeNumber,
  withDefault,
} from './rows.ts';
import type { ValuesOf } from './rows.ts';
import { envFileName, foundIn, fullName, named } from './sources.ts';
import type { SettingsReading } from './sources.ts';

/** How the order of a run's events is judged: by the grammar of a run, or as the five events once each. */
export const ORDER_MODES = ['grammar', 'exact'] as const;

const PINNED_PROMPT =
  'Use your cost analysis tool on the last thirty days of model usage, then name the three largest cost drivers with one saving each.';

/** What is tested, and with what. */
export const TARGET_VARIABLES = {
  BACKEND_URL: optional(backend(), {
    about: 'Address of the backend (https://…), or the word twin: start the embedded backend.',
  }),
  WEBSOCKET_URL: optional(websocketAddress(), {
    about: 'Address of the WebSocket. Default: the backend with wss and /ws.',
  }),
  AUTH_URL: optional(address(), {
    about: 'Address of the auth service, where E2E_OAUTH_SIMULATION_KEY is exchanged for tokens.',
  }),
  ALLOWED_HOSTS: optional(commaList(), {
    about: 'Comma list of hosts that may be tested although they look like production.',
    envFileOnly: true,
  }),
  CONNECTIONS: withDefault(wholeNumber(1, 100_000), '10', {
    about: 'How many clients the concurrent specs and the fleet connect.',
  }),
  PROMPT: withDefault(text(), PINNED_PROMPT, {
    about: 'What the agent is asked. Pinned, and such that it needs a tool; the client appends a nonce.',
  }),
  REQUIRED_EVENTS: withDefault(listOf(AGENT_EVENTS), AGENT_EVENTS.join(','), {
    about: 'Comma list of the events that every run owes. The pinned prompt needs a tool, so all five.',
  }),
  CLIENT_PROMISES: withDefault(listOf([...CLIENT_PROMISES, 'none']), 'none', {
    about:
      'Comma list of what the clients of the product rely on and was seen to hold here; a breach of any other is a note.',
  }),
  COMPRESSION: withDefault(oneOf(['off', 'on']), 'off', {
    about: 'on: clients offer permessage-deflate.',
  }),
  ORDER: withDefault(oneOf(ORDER_MODES), 'grammar', {
    about:
      'grammar: an agent may think and call tools any number of times. exact: the five events, once each, in order.',
  }),
};

/** What the variables of the target hold once they have been read. */
export type TargetValues = ValuesOf<typeof TARGET_VARIABLES>;

/** The WebSocket that belongs to a backend: `https://host` → `wss://host/ws` (protocol notes §1.1). */
export function websocketOf(backendUrl: string): string {
  return `${backendUrl.replace(/^http(s?)/i, (_, secure: string) => `ws${secure.toLowerCase()}`)}/ws`;
}

const ADDRESSES = ['BACKEND_URL', 'WEBSOCKET_URL', 'AUTH_URL'] as const;
const STRENGTH = ['envFile', 'secretsFile', 'process'];

/** A remote target must be named, be reached encrypted, be one deployment, and not look like production. */
export function ruleOfTheTarget(reading: SettingsReading<TargetValues>): readonly string[] {
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

function addressProblems(reading: SettingsReading<TargetValues>, name: (typeof ADDRESSES)[number]): readonly string[] {
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
function splitDeployment(reading: SettingsReading<TargetValues>): readonly string[] {
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

const NON_PRODUCTION_WORDS =
  'staging stage stg test testing qa uat dev development preprod canary preview sandbox local e2e ci'.split(' ');
const EXPLICIT_WORDS = ['prod', 'production'];
const PUBLIC_WORDS = ['www', 'app', 'api', 'auth', 'live'];

/** Whether a host is this machine: `localhost`, `*.localhost`, `127.0.0.0/8` or `[::1]`, as `URL.hostname` spells it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * The word for which a host is taken for production, or undefined. The words of a host are its labels split at hyphens, but
 * for the last label (`app` of `run.app` says nothing). `prod` and `production` always count; `www`, `app`, `api`,
 * `auth`, `live` and a bare domain (`example.com`) count when no word such as `staging`, `test` or `canary` is beside them.
 */
export function productionWord(host: string): string | undefined {
  if (isLoopback(host) || /^[\d.]+$|^\[/.test(host)) return undefined;
  const labels = host.toLowerCase().split('.');
  const words = labels.slice(0, Math.max(1, labels.length - 1)).flatMap((label) => label.split('-'));
  const explicit = words.find((word) => EXPLICIT_WORDS.includes(word));
  if (explicit !== undefined) return explicit;
  if (words.some((word) => NON_PRODUCTION_WORDS.includes(word))) return undefined;
  return words.find((word) => PUBLIC_WORDS.includes(word)) ?? (labels.length === 2 ? host : undefined);
}
