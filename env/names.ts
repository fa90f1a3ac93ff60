import { closestFirst, likelyMeant } from './closest.ts';
import {
  envFileName,
  findAll,
  foundIn,
  fullName,
  named,
  prefixOf,
  processSpellings,
  secretsFileName,
} from './sources.ts';
import type { SettingsReading } from './sources.ts';
import { VARIABLE_NAMES, aboutVariable } from './variables.ts';
import type { Values } from './variables.ts';

/** Names that are not ours but were probably meant to be, and variables set where they do not belong. */
export function ruleOfNames(reading: SettingsReading): readonly string[] {
  const { project, sources } = reading;
  return [
    ...unknownInFile(envFileName(project), Object.keys(sources.envFile)),
    ...unknownInFile(secretsFileName(project), Object.keys(sources.secretsFile)),
    ...misspeltProcessVariables(reading),
    ...setTwice(reading),
    ...misplaced(reading),
  ];
}

function unknownInFile(file: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => !VARIABLE_NAMES.some((known) => known === name))
    .map((name) => `${name} (${file}): no such variable. ${suggestion(name)}`);
}

function suggestion(name: string): string {
  const meant = likelyMeant(name, VARIABLE_NAMES);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return `Remove it. The valid names, closest first: ${closestFirst(name, VARIABLE_NAMES).join(', ')}.`;
}

/** A process may carry other people's variables with our prefix: only those near to one of ours are problems. */
function misspeltProcessVariables({ project, sources }: SettingsReading): readonly string[] {
  const prefix = prefixOf(project);
  const longerPrefixes = (sources.projects ?? [])
    .map(prefixOf)
    .filter((other) => other !== prefix && other.startsWith(prefix));
  const known = VARIABLE_NAMES.flatMap((name) => processSpellings(project, name));
  const unprefixed = known.map((spelling) => spelling.slice(prefix.length));
  return Object.keys(sources.process).flatMap((variable) => {
    if (!variable.startsWith(prefix) || known.includes(variable)) return [];
    if (longerPrefixes.some((other) => variable.startsWith(other))) return [];
    const meant = likelyMeant(variable.slice(prefix.length), unprefixed);
    if (meant === undefined) return [];
    return [
      `${variable} (process variable): no such variable. Did you mean ${prefix}${meant}? Rename it, or unset it.`,
    ];
  });
}

/** `TWIN_FAULT` and `TWIN_TWIN_FAULT` of project twin are the same variable. */
function setTwice({ project, sources }: SettingsReading): readonly string[] {
  return VARIABLE_NAMES.flatMap((name) => {
    const set = processSpellings(project, name).filter((spelling) => (sources.process[spelling] ?? '') !== '');
    if (new Set(set.map((spelling) => sources.process[spelling])).size < 2) return [];
    return [
      `${set.join(', ')} (process variables): expected one spelling of the variable, found two that differ. Unset one.`,
    ];
  });
}

function misplaced({ project, sources }: SettingsReading): readonly string[] {
  return VARIABLE_NAMES.flatMap((name) => {
    const about = aboutVariable(name);
    return findAll(project, sources, name).flatMap(({ from, where }) => {
      if (about.secret === true && from === 'envFile') {
        return [
          `${fullName(project, name)} (${where}): expected in a file that is not committed, found a secret in one that is. ` +
            `Move it to ${secretsFileName(project)}, and replace the secret if it was pushed.`,
        ];
      }
      if (about.envFileOnly === true && from !== 'envFile') {
        return [
          `${fullName(project, name)} (${where}): expected in ${envFileName(project)} only, where a reviewer sees it. Move it there.`,
        ];
      }
      return [];
    });
  });
}

/** Variables of the twin are set only where the twin is the target. */
export function ruleOfTwinOnly(reading: SettingsReading<Values>): readonly string[] {
  const { BACKEND_URL: backendUrl } = reading.values;
  if (backendUrl === undefined || backendUrl === 'twin') return [];
  return VARIABLE_NAMES.filter((name) => aboutVariable(name).twinOnly === true).flatMap((name) => {
    if (foundIn(reading, name) === undefined) return [];
    return [
      `${named(reading, name)}: means something with the twin only, and the target is ${backendUrl}. Remove it, ` +
        `or rehearse on the twin: ${prefixOf(reading.project)}BACKEND_URL=twin.`,
    ];
  });
}
