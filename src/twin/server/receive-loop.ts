import type { Buffer } from 'node:buffer';

/** Takes one data message. */
export type Hear = (data: Buffer, isBinary: boolean) => void;

/** Keeps data messages until `begin` is called: the server reads nothing before its welcome is out (protocol notes §5.1). */
export function afterOpening(hear: Hear): { readonly hear: Hear; readonly begin: () => void } {
  const early: (() => void)[] = [];
  let begun = false;
  return {
    hear(data, isBinary) {
      if (begun) hear(data, isBinary);
      else early.push(() => hear(data, isBinary));
    },
    begin() {
      begun = true;
      for (const message of early.splice(0)) message();
    },
  };
}
