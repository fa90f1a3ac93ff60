import type { Fault, ExpectedFinding } from '../../twin/catalogue/fault.ts';
import { parseFaultExpression } from '../../twin/catalogue/fault-expression.ts';
import { finds } from '../../twin/catalogue/faults/provocation.ts';
import { FAULTS } from '../../twin/catalogue/faults/index.ts';

/** Faults that are on together, or that hit a share of the connections; `name` is the expression that switches them on. */
export type Combination = Pick<Fault, 'name' | 'mustFind' | 'mayAlsoFind' | 'tokens' | 'diagnosis'> & {
  /** The names of the faults, each of which has to fire. */
  readonly parts: readonly string[];
};

/** A fault that comes and goes may hit one of two connections that differ in nothing but their headers. */
const SEEMS_TO_DEPEND_ON_HEADERS: ExpectedFinding = finds('e2e-headers', 'headers-change-behaviour');

/** Combinations of the matrix: each must provoke the sum of what its parts provoke, and nothing else. */
export const COMBINATIONS: readonly Combination[] = [
  combined('ignore-ping+drop-tools', 'FM-55'),
  combined('welcome-wrong-user+repeat-agent-thinking', 'FM-66'),
  combined('health-503+stall-after-agent-thinking', 'FM-63'),
  combined('close-1011-before-welcome@0.5', 'FM-22'),
  combined('close-1006-after-agent-thinking@0.5', 'FM-64'),
  combined('not-json@0.5+pong-twice', 'pong-wrong'),
];

/** One fault by itself. */
export function alone(fault: Fault): Combination {
  return { ...fault, parts: [fault.name] };
}

function combined(expression: string, diagnosis: string): Combination {
  const active = parseFaultExpression(expression, FAULTS);
  const faults = active.map(({ fault }) => fault);
  return {
    name: expression,
    parts: faults.map(({ name }) => name),
    mustFind: faults.flatMap(({ mustFind }) => mustFind),
    mayAlsoFind: [
      ...faults.flatMap(({ mayAlsoFind = [] }) => mayAlsoFind),
      ...(active.some(({ rate }) => rate < 1) ? [SEEMS_TO_DEPEND_ON_HEADERS] : []),
    ],
    diagnosis,
  };
}
