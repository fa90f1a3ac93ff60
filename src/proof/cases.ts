import { fiveClosest } from '../../env/closest.ts';
import type { TwinOverride } from '../session/target.ts';
import { parseFaultExpression } from '../twin/catalogue/fault-expression.ts';
import type { ExpectedFinding, Fault } from '../twin/catalogue/fault.ts';
import { FAULTS } from '../twin/catalogue/faults/index.ts';
import { finds } from '../twin/catalogue/faults/provocation.ts';
import { PROFILES, profileNamed } from '../twin/catalogue/profiles/index.ts';
import { nameOfFinding } from './compare.ts';

/** One twin that the contract runs against, and what must be found. */
export interface Case {
  /** `variant`: a legitimate way to behave, which must raise no finding but those of `mustFind`. */
  readonly kind: 'fault' | 'variant';
  readonly name: string;
  readonly override: TwinOverride;
  /** The faults that are switched on, each of which has to fire. */
  readonly faults: readonly string[];
  readonly mustFind: readonly ExpectedFinding[];
  readonly mayAlsoFind: readonly ExpectedFinding[];
  readonly diagnosis: string | undefined;
}

const VARIANTS: readonly Case[] = PROFILES.map(({ name, variables, breaks = [], leavesOpen = [] }) => ({
  kind: 'variant',
  name,
  override: { profile: name, ...(variables !== undefined && { variables }) },
  faults: [],
  mustFind: [...breaks, ...leavesOpen],
  mayAlsoFind: [],
  diagnosis: undefined,
}));

/** One fault by itself. */
function caseOf({ name, profile, tokens, mustFind, mayAlsoFind = [], diagnosis }: Fault): Case {
  const variables = profile === undefined ? undefined : profileNamed(profile).variables;
  const override = {
    fault: name,
    ...(profile !== undefined && { profile }),
    ...(variables !== undefined && { variables }),
    ...(tokens !== undefined && { tokens }),
  };
  const kind = mustFind.length === 0 ? 'variant' : 'fault';
  return { kind, name, override, faults: [name], mustFind, mayAlsoFind, diagnosis };
}

/** A fault that comes and goes may hit one of two connections that differ in nothing but their headers. */
const SEEMS_TO_DEPEND_ON_HEADERS: ExpectedFinding = finds('e2e-headers', 'headers-change-behaviour');

/** Faults that are on together, or that hit a share of the connections: the sum of their findings, and nothing else. */
function combination(expression: string, diagnosis: string): Case {
  const active = parseFaultExpression(expression, FAULTS);
  const faults = active.map(({ fault }) => fault);
  const comesAndGoes = active.some(({ rate }) => rate < 1);
  return {
    kind: 'fault',
    name: expression,
    override: { fault: expression },
    faults: faults.map(({ name }) => name),
    mustFind: faults.flatMap(({ mustFind }) => mustFind),
    mayAlsoFind: [
      ...faults.flatMap(({ mayAlsoFind = [] }) => mayAlsoFind),
      ...(comesAndGoes ? [SEEMS_TO_DEPEND_ON_HEADERS] : []),
    ],
    diagnosis,
  };
}

const COMBINATIONS: readonly Case[] = [
  combination('ignore-ping+drop-tools', 'FM-55'),
  combination('welcome-wrong-user+repeat-agent-thinking', 'FM-66'),
  combination('health-503+stall-after-agent-thinking', 'FM-63'),
  combination('close-1011-before-welcome@0.5', 'FM-22'),
  combination('close-1006-after-agent-thinking@0.5', 'FM-64'),
  combination('not-json@0.5+pong-twice', 'pong-wrong'),
];

const SINGLE_FAULTS = FAULTS.map(caseOf);

/** Every case, the healthy twin first. */
export const CASES: readonly Case[] = [...VARIANTS, ...SINGLE_FAULTS, ...COMBINATIONS];

/**
 * The cases of `npm test`: as many faults as it takes to provoke every finding that any fault must provoke, the versions of
 * the protocol without their variants, and all combinations. With `PROOF=all`, every case.
 */
export function casesToPlay(): readonly Case[] {
  if (process.env['PROOF'] === 'all') return CASES;
  const versions = VARIANTS.filter(({ name }) => !name.includes('/'));
  return [...versions, ...provokingEveryFinding(SINGLE_FAULTS), ...COMBINATIONS];
}

function provokingEveryFinding(cases: readonly Case[]): readonly Case[] {
  const provoked = new Set<string>();
  return cases.filter(({ mustFind }) => {
    const fresh = mustFind.map(nameOfFinding).filter((name) => !provoked.has(name));
    for (const name of fresh) provoked.add(name);
    return fresh.length > 0 || mustFind.length === 0;
  });
}

/**
 * The cases that a comma-separated list names; all of them when it is empty or absent. Throws for a name that is no case,
 * with the five names most like it.
 */
export function casesNamed(list: string | undefined): readonly Case[] {
  const names = (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return CASES;
  const valid = CASES.map(({ name }) => name);
  const problems = names
    .filter((name) => !valid.includes(name))
    .map((name) => `no case is named "${name}". Closest: ${fiveClosest(name, valid)}.`);
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\nAll names: npm run prove -- --list`);
  return CASES.filter(({ name }) => names.includes(name));
}
