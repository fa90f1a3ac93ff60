import { WebSocket } from 'ws';

/**
 * A `ws` socket that leaves the answer to the peer's close frame to its owner. `ws` calls `close` by itself when a close
 * frame or a broken frame arrives; here that call only tells the owner, who answers with {@link AnsweringSocket.answer}
 * or does not.
 */
export class AnsweringSocket extends WebSocket {
  /** Called with the code and reason that `ws` would answer with; 1005 when the peer gave none. */
  onPeerClose: (code: number, reason: string) => void = (code, reason) => this.answer(code, reason);

  override close(code = 1005, reason: string | Buffer = ''): void {
    const ourCloseIsOut = this.readyState === this.CLOSING;
    this.onPeerClose(code, reason.toString());
    if (ourCloseIsOut) super.close();
  }

  /** Sends a close frame; without a code when it is 1005. */
  answer(code: number, reason: string): void {
    if (code === 1005) super.close();
    else super.close(code, reason);
  }
}
