import { visible } from '../history/visible-text.ts';

/**
 * Rows as CSV (RFC 4180): fields are quoted where they must be, every row ends with CRLF. A field that a spreadsheet would take
 * for a formula begins with an apostrophe.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((fields) => `${fields.map(field).join(',')}\r\n`).join('');
}

const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

function field(content: string): string {
  const text = visible(FORMULA.test(content) && !NUMBER.test(content) ? `'${content}` : content);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
