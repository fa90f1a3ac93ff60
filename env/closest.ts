/** The valid names, the one most like `name` first. Names equally alike keep the order they were given in. */
export function closestFirst(name: string, valid: readonly string[]): readonly string[] {
  const asked = name.toLowerCase();
  return valid
    .map((candidate) => ({ candidate, distance: editDistance(asked, candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)
    .map(({ candidate }) => candidate);
}

/** The valid name that `name` is probably a slip of, or undefined when none is near enough to be worth naming. */
export function likelyMeant(name: string, valid: readonly string[]): string | undefined {
  const nearest = closestFirst(name, valid)[0];
  if (nearest === undefined) return undefined;
  const tolerated = Math.min(2, Math.floor(name.length / 3));
  return editDistance(name.toLowerCase(), nearest.toLowerCase()) <= tolerated ? nearest : undefined;
}

/** How many single letters must be inserted, removed or replaced to turn one word into the other (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1));
    }
    previous = current;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
