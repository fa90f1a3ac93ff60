import { isLoopback } from './target.ts';
import type { TargetValues } from './target.ts';
import type { SettingsReading } from './sources.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
const ADDRESSES = ['BACKEND_URL', 'WEBSOCKET_URL', 'AUTH_URL'] as const;

/**
 * Clients connect to the deployment directly. Where the process names an outgoing proxy, a person expects that it is used, so
 * that is a problem unless `NO_PROXY` names every host of the deployment.
 */
export function ruleOfProxies({ values, sources }: SettingsReading<TargetValues>): readonly string[] {
  const variable = PROXY_VARIABLES.find((name) => (sources.process[name] ?? '') !== '');
  if (variable === undefined || values.BACKEND_URL === undefined || values.BACKEND_URL === 'twin') return [];
  const without = sources.process['NO_PROXY'] ?? sources.process['no_proxy'] ?? '';
  const hosts = ADDRESSES.map((name) => values[name])
    .filter((address) => address !== undefined)
    .map((address) => new URL(address).hostname)
    .filter((host) => !isLoopback(host) && !isWithoutProxy(host, without));
  if (hosts.length === 0) return [];
  const list = [...new Set(hosts)].join(',');
  return [
    `${variable} (process variable): expected no outgoing proxy for ${list}, because clients connect directly and would not use it. ` +
      `Unset ${variable}, or say that no proxy is wanted for these hosts: NO_PROXY=${list}.`,
  ];
}

/** As curl reads it: `*`, a host, or a domain with or without a dot before it; a port is left aside. */
function isWithoutProxy(host: string, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    const domain = entry
      .toLowerCase()
      .replace(/:\d+$/, '')
      .replace(/^\*?\./, '');
    return entry === '*' || (domain !== '' && (host === domain || host.endsWith(`.${domain}`)));
  });
}
