import { visible } from '../../history/visible-text.ts';

/** HTML that is safe to put into a page. Made by {@link html} only. */
export interface Markup {
  readonly html: string;
}

type Content = Markup | readonly Markup[] | string | number | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Builds HTML; what is put in is escaped unless it is markup itself. `undefined` leaves nothing. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: parts.map((part, position) => part + rendered(contents[position])).join('') };
}

function rendered(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content));
  return 'html' in content ? content.html : content.map((markup) => markup.html).join('');
}

function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
