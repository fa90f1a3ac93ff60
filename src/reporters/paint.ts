import { styleText } from 'node:util';

/** Colours a text, or leaves it alone. */
export type Paint = (colour: 'green' | 'red' | 'yellow' | 'gray' | 'bold', text: string) => string;

/** Where output goes to, as far as colours care. */
export interface Output {
  readonly isTTY?: boolean;
}

/** Colours on a terminal, and wherever FORCE_COLOR asks for them; NO_COLOR forbids them (no-color.org). */
export function paintFor(output: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const forbidden = (env['NO_COLOR'] ?? '') !== '' || env['FORCE_COLOR'] === '0';
  const colours = forced || (output.isTTY === true && !forbidden);
  return (colour, text) => (colours ? styleText(colour, text, { validateStream: false }) : text);
}
