/** Holds everybody until all have come, or left. */
export interface Barrier {
  /** Resolves when every party has arrived or left. */
  arrive(): Promise<void>;
  /** One party will not come. */
  leave(): void;
}

export function createBarrier(parties: number): Barrier {
  const { promise, resolve } = newPromise();
  let missing = parties;
  const less = (): void => {
    missing -= 1;
    if (missing <= 0) resolve();
  };
  return {
    arrive() {
      less();
      return promise;
    },
    leave: less,
  };
}

function newPromise(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
