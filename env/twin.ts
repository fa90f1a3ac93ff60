import { readFaultExpression } from '../src/history/fault-expression.ts';
import { fiveClosest, likelyMeant } from './closest.ts';
import { text, wholeNumber, withDefault } from './rows.ts';
import type { ValuesOf } from './rows.ts';
import { named } from './sources.ts';
import type { SettingsReading } from './sources.ts';
import type { TargetValues } from './target.ts';

/** How the embedded backend behaves. */
export const TWIN_VARIABLES = {
  TWIN_PROFILE: withDefault(text(), 'beta-9', {
    about: 'Protocol version that the twin speaks.',
    twinOnly: true,
  }),
  TWIN_FAULT: withDefault(text(), 'none', {
    about: 'Faults joined by +, each optionally with a rate: name+other@0.02. none: behave well.',
    twinOnly: true,
  }),
  TWIN_SEED: withDefault(wholeNumber(0, 4_294_967_295), '1', {
    about: 'Seed of everything random in the twin.',
    twinOnly: true,
  }),
};

/** The names that the twin understands. */
export interface TwinVocabulary {
  readonly profiles: readonly string[];
  readonly faults: readonly string[];
}

type TwinValues = ValuesOf<typeof TWIN_VARIABLES> & TargetValues;

/** The twin's variables name what the twin knows. Without a vocabulary names are left alone, and rates are judged. */
export function ruleOfTheTwin(reading: SettingsReading<TwinValues>, vocabulary?: TwinVocabulary): readonly string[] {
  if (reading.values.BACKEND_URL !== 'twin') return [];
  const { TWIN_PROFILE: profile, TWIN_FAULT: faults } = reading.values;
  const profileProblem = unknown('profile', profile, vocabulary?.profiles);
  const faultProblems = readFaultExpression(faults).flatMap(({ name, rate, rateText }) => [
    ...unknown('fault', name, vocabulary?.faults),
    ...(rate === undefined ? [wrongRate(name, rateText)] : []),
  ]);
  return [
    ...profileProblem.map((text) => `${named(reading, 'TWIN_PROFILE')}: ${text}`),
    ...faultProblems.map((text) => `${named(reading, 'TWIN_FAULT')}: ${text}`),
  ];
}

function wrongRate(name: string, rate: string): string {
  return `expected a rate from 0 to 1 after the @ of fault ${name}, got ${JSON.stringify(rate)}. Write it like ${name}@0.02.`;
}

function unknown(what: 'profile' | 'fault', name: string, valid: readonly string[] | undefined): readonly string[] {
  if (valid === undefined || valid.includes(name)) return [];
  const meant = likelyMeant(name, valid);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const list = valid.length === 0 ? 'none are known' : fiveClosest(name, valid);
  return [
    `expected a known ${what}, got ${JSON.stringify(name)}.${hint} Closest: ${list}. All of them: npm run twin -- --list.`,
  ];
}
