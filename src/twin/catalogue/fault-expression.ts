import type { ActiveFault, Fault } from './fault.ts';

const RATE = /^(?:0(?:\.\d+)?|1(?:\.0+)?|\.\d+)$/;

const PER_USER = '/user';

/**
 * Reads `name+other@0.1`: the named faults, each with the share of connections that it may hit (default 1); `@0.1/user` is
 * the share of users. The empty
 * text is no fault. Throws with every problem and the valid names.
 */
export function parseFaultExpression(expression: string, faults: readonly Fault[]): readonly ActiveFault[] {
  if (expression.trim() === '') return [];
  const problems: string[] = [];
  const active = expression.split('+').flatMap((part) => {
    const [name = '', given = '1', ...rest] = part.trim().split('@');
    const rate = given.endsWith(PER_USER) ? given.slice(0, -PER_USER.length) : given;
    const fault = faults.find((candidate) => candidate.name === name);
    if (fault === undefined) problems.push(`"${name}" is no fault`);
    if (!RATE.test(rate) || rest.length > 0) problems.push(`the rate in "${part.trim()}" is no number from 0 to 1`);
    return fault === undefined ? [] : [{ fault, rate: Number(rate), ...(rate !== given && { per: 'user' as const }) }];
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
