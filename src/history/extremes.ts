/**
 * The least and the greatest of some numbers, however many there are: as arguments of `Math.max`, a hundred thousand of them
 * are a `RangeError`. `undefined` when there are none.
 */
export function extremesOf(numbers: readonly number[]): { readonly least: number; readonly most: number } | undefined {
  const [first] = numbers;
  if (first === undefined) return undefined;
  let [least, most] = [first, first];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return { least, most };
}
