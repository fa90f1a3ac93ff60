/** A file or an option that cannot be used; the message says what was expected. */
export class JudgeError extends Error {
  override readonly name = 'JudgeError';
}
