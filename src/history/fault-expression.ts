/** One fault of the twin that is asked for by name. */
export interface FaultChoice {
  readonly name: string;
  /** The share of connections that the fault may hit, from 0 to 1; undefined when the text is no such number. */
  readonly rate: number | undefined;
  /** The rate as it is written, `1` when it is left out. */
  readonly rateText: string;
  /** `user`: the rate is a share of users. */
  readonly per: 'connection' | 'user';
  /** The part of the expression that was read. */
  readonly text: string;
}

const RATE = /^(?:0(?:\.\d+)?|1(?:\.0+)?|\.\d+)$/;
const PER_USER = '/user';

/**
 * Reads `name+other@0.1`: names of faults, each optionally with the share of connections that it may hit; `@0.1/user` is the
 * share of users. The empty text and `none` are no fault.
 * The names are not checked: only the twin knows its faults.
 */
export function readFaultExpression(expression: string): readonly FaultChoice[] {
  const whole = expression.trim();
  if (whole === '' || whole === 'none') return [];
  return whole.split('+').map((part) => choiceOf(part.trim()));
}

function choiceOf(text: string): FaultChoice {
  const at = text.indexOf('@');
  const name = at === -1 ? text : text.slice(0, at);
  const rateText = at === -1 ? '1' : text.slice(at + 1);
  const per = rateText.endsWith(PER_USER) ? 'user' : 'connection';
  const digits = per === 'user' ? rateText.slice(0, -PER_USER.length) : rateText;
  return { name, rate: RATE.test(digits) ? Number(digits) : undefined, rateText, per, text };
}
