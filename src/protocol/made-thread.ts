import { isJsonObject } from './fields.ts';

/** The id in an answer to `POST /api/threads`, such as `{"id":"thread_…"}` (observed on beta-9); `undefined` without one. */
export function idOfMadeThread(body: string | undefined): string | undefined {
  try {
    const answer: unknown = JSON.parse(body ?? '');
    const id = isJsonObject(answer) ? answer['id'] : undefined;
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
}
