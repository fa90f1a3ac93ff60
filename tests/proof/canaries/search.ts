import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A file or an output of a run. */
export interface Artefact {
  readonly name: string;
  readonly content: string;
}

/** All files below a folder, as they are. */
export function filesIn(folder: string): readonly Artefact[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(folder, path), content: readFileSync(path, 'latin1') }));
}

/** Where traces of which secret were found, as `file: name of the secret`. The secret itself is not part of the text. */
export function findTraces(
  artefacts: readonly Artefact[],
  traces: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return artefacts.flatMap(({ name, content }) =>
    [...traces].flatMap(([secret, of]) => {
      const found = [...of].filter((trace) => content.includes(trace));
      return found.length === 0 ? [] : [`${name}: ${secret} (${found.length} traces)`];
    }),
  );
}
