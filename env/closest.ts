import { distance } from 'fastest-levenshtein';

/** The valid names, the one most like `name` first. Names equally alike keep the order in which they are given. */
export function closestFirst(name: string, valid: readonly string[]): readonly string[] {
  const asked = name.toLowerCase();
  return valid
    .map((candidate) => ({ candidate, edits: distance(asked, candidate.toLowerCase()) }))
    .sort((left, right) => left.edits - right.edits)
    .map(({ candidate }) => candidate);
}

const SUGGESTIONS = 5;

/** The five valid names most like `name`, as a list for a message. */
export function fiveClosest(name: string, valid: readonly string[]): string {
  return closestFirst(name, valid).slice(0, SUGGESTIONS).join(', ');
}

/** The valid name of which `name` is probably a misspelling, or undefined when none is near enough. */
export function likelyMeant(name: string, valid: readonly string[]): string | undefined {
  const nearest = closestFirst(name, valid)[0];
  if (nearest === undefined) return undefined;
  const tolerated = Math.min(2, Math.floor(name.length / 3));
  return distance(name.toLowerCase(), nearest.toLowerCase()) <= tolerated ? nearest : undefined;
}
