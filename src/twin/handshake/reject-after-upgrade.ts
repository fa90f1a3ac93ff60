import type { Buffer } from 'node:buffer';
import type { JournalFact } from '../server/journal.ts';
import { createPlayer } from '../server/player.ts';
import type { Plan } from '../server/plan.ts';
import { createWire } from '../server/wire.ts';
import type { Ends } from '../server/wire.ts';

/** Plays the refusal of a client that was never admitted, and ignores whatever it says. */
export function rejectAfterUpgrade(
  ends: Ends,
  plan: Plan,
  epochMs: () => number,
  note: (fact: JournalFact) => void,
): void {
  const wire = createWire(ends, note);
  const player = createPlayer();
  const { socket } = ends;
  socket.on('message', (data: Buffer, isBinary) =>
    note({ kind: 'received', text: data.toString('utf8'), binary: isBinary }),
  );
  socket.on('error', () => {});
  socket.on('close', () => player.stop());
  socket.onPeerClose = (code, reason) => {
    note({ kind: 'close', direction: 'received', code, reason });
    player.stop();
    if (wire.isOpen()) wire.perform('close-answer', { kind: 'close', code, reason });
  };
  player.play(plan, ({ label, act }) => {
    if (!wire.isOpen()) return;
    if (act.kind === 'message') wire.sendText(label, JSON.stringify(act.compose(epochMs())), act.encode);
    else wire.perform(label, act);
  });
}
