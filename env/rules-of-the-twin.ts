import { closestFirst, likelyMeant } from './closest.ts';
import { foundIn, named } from './reading.ts';
import type { Reading } from './reading.ts';
import { prefixOf } from './sources.ts';
import { VARIABLE_NAMES, aboutVariable } from './variables.ts';

/** The names that the twin understands. */
export interface TwinVocabulary {
  readonly profiles: readonly string[];
  readonly faults: readonly string[];
}

/** The twin's variables name what the twin knows, and are set only where the twin is the target. */
export function ruleOfTheTwin(reading: Reading, vocabulary: TwinVocabulary): readonly string[] {
  if (reading.values.BACKEND_URL !== 'twin') return twinOnly(reading);
  const { TWIN_PROFILE: profile, TWIN_FAULT: faults } = reading.values;
  const profileProblems = vocabulary.profiles.includes(profile)
    ? []
    : [`${named(reading, 'TWIN_PROFILE')}: ${unknown('profile', profile, vocabulary.profiles)}`];
  const faultProblems = faultsOf(faults).flatMap((fault) => faultProblem(fault, vocabulary));
  return [...profileProblems, ...faultProblems.map((text) => `${named(reading, 'TWIN_FAULT')}: ${text}`)];
}

/** `a+b@0.02` → `['a', 'b@0.02']`; `none` → `[]`. */
export function faultsOf(twinFault: string): readonly string[] {
  return twinFault === 'none' ? [] : twinFault.split('+').map((fault) => fault.trim());
}

function faultProblem(fault: string, vocabulary: TwinVocabulary): readonly string[] {
  const at = fault.indexOf('@');
  const name = at === -1 ? fault : fault.slice(0, at);
  const rate = at === -1 ? '1' : fault.slice(at + 1);
  const problems = vocabulary.faults.includes(name) ? [] : [unknown('fault', name, vocabulary.faults)];
  if (!/^(0|1|0?\.\d+|[01]\.\d+)(\/user)?$/.test(rate) || Number.parseFloat(rate) > 1) {
    problems.push(
      `expected a rate from 0 to 1 after the @ of fault ${name}, got ${JSON.stringify(rate)}. Write it like ${name}@0.02.`,
    );
  }
  return problems;
}

function unknown(what: 'profile' | 'fault', name: string, valid: readonly string[]): string {
  const meant = likelyMeant(name, valid);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const list = valid.length === 0 ? `none are known` : closestFirst(name, valid).join(', ');
  return `expected a known ${what}, got ${JSON.stringify(name)}.${hint} Valid, closest first: ${list}.`;
}

function twinOnly(reading: Reading): readonly string[] {
  if (reading.values.BACKEND_URL === undefined) return [];
  return VARIABLE_NAMES.filter((name) => aboutVariable(name).twinOnly === true).flatMap((name) => {
    if (foundIn(reading, name) === undefined) return [];
    return [
      `${named(reading, name)}: means something with the twin only, and the target is ${reading.values.BACKEND_URL}. Remove it, ` +
        `or rehearse on the twin: ${prefixOf(reading.project)}BACKEND_URL=twin.`,
    ];
  });
}
