import { readFaultExpression } from '../../history/fault-expression.ts';
import type { ActiveFault, Fault } from './fault.ts';

/** The faults that an expression such as `name+other@0.1` names. Throws with every problem and the valid names. */
export function parseFaultExpression(expression: string, faults: readonly Fault[]): readonly ActiveFault[] {
  const problems: string[] = [];
  const active = readFaultExpression(expression).flatMap(({ name, rate, per, text }): ActiveFault[] => {
    const fault = faults.find((candidate) => candidate.name === name);
    if (fault === undefined) problems.push(`"${name}" is no fault`);
    if (rate === undefined) problems.push(`the rate in "${text}" is no number from 0 to 1`);
    return fault === undefined || rate === undefined ? [] : [{ fault, rate, ...(per === 'user' && { per }) }];
  });
  if (problems.length > 0) throw new Error(explanation(expression, problems, faults));
  return active;
}

function explanation(expression: string, problems: readonly string[], faults: readonly Fault[]): string {
  const names = faults.map(({ name }) => name).toSorted();
  return [
    `Twin fault: expected names joined by "+", each optionally with a rate such as "@0.1", got "${expression}":`,
    ...problems.map((problem) => `  - ${problem}`),
    `Valid names: ${names.length === 0 ? '(none)' : names.join(', ')}.`,
  ].join('\n');
}
