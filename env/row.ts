import { z } from 'zod';

/** What the table of variables says about one variable besides its kind. */
export interface About {
  /** One sentence for a person who fills in an env file. */
  readonly about: string;
  /** A secret is never shown, never read from the committed env file, and handed to the redactor. */
  readonly secret?: true;
  /** Only the committed env file may set it, where a reviewer sees it. */
  readonly envFileOnly?: true;
  /** Means something with the twin only; with a remote target it is a problem. */
  readonly twinOnly?: true;
}

/** Where the `About` of every row is kept. */
export const ABOUT = z.registry<About & { readonly default?: string }>();

/** A row whose variable may stay unset. */
export function optional<Kind extends z.ZodType<unknown, string>>(kind: Kind, about: About) {
  const row = kind.optional();
  ABOUT.add(row, about);
  return row;
}

/** A row whose variable has a default, written as it would be in an env file. */
export function withDefault<Kind extends z.ZodType<unknown, string>>(kind: Kind, value: string, about: About) {
  const row = z.string().default(value).pipe(kind);
  ABOUT.add(row, { ...about, default: value });
  return row;
}
