import type { Buffer } from 'node:buffer';
import { isJsonObject, levelsOf, textFieldOf } from '../../protocol/fields.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { OtherRequest, ProfileData, RunRequest } from '../behaviour/context.ts';
import { isRunType, normalisedType } from './request-types.ts';

/** How a server reads a message; a request to an agent without text is a message that it ignores. */
export type Understood = OtherRequest | RunRequest;

/** What gives a new run its names, from the thread that the client asked for, if any. */
export type NameRun = (
  asked: string | undefined,
) => Pick<RunRequest, 'number' | 'thread' | 'isNewThread' | 'runId' | 'isEarly'>;

const PROMPT_FIELDS = ['content', 'message', 'text'];

/** What starts an agent wants its text here, and takes it from nowhere else (read in beta-9, seen with the browser client). */
const PROMPT_FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
  start_agent: ['user_request'],
  execute_agent: ['user_request'],
};

/** Reads one data message of a client. */
export function understand(
  data: Buffer,
  isBinary: boolean,
  { maxMessageBytes, promptFields = {} }: ProfileData,
  nameRun: NameRun,
): Understood {
  if (data.length > maxMessageBytes) return { kind: 'oversize', bytes: data.length };
  if (isBinary) return { kind: 'unreadable', why: 'binary' };
  if (data.length === 0) return { kind: 'unreadable', why: 'empty' };
  const value = parsed(data.toString('utf8'));
  if (value === undefined) return { kind: 'unreadable', why: 'not-json' };
  if (!isJsonObject(value)) return { kind: 'unreadable', why: 'not-an-object' };
  return meantBy(value, { ...PROMPT_FIELDS_OF, ...promptFields }, nameRun);
}

/** Whether the server counts a message as failed, without a word: no object, or a request to an agent that asks nothing (observed). */
export function isFailed(request: Understood): boolean {
  if (request.kind === 'unreadable') return request.why === 'not-an-object';
  return request.kind === 'message' && (isRunType(request.type) || request.type === 'agent_request');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function meantBy(
  message: JsonObject,
  promptFields: Readonly<Record<string, readonly string[]>>,
  nameRun: NameRun,
): Understood {
  const type = typeof message['type'] === 'string' ? message['type'] : '';
  const levels = levelsOf(message).toReversed();
  const prompt = textFieldOf(levels, promptFields[type] ?? PROMPT_FIELDS);
  if (!isRunType(type) || prompt === undefined) return { kind: 'message', type: normalisedType(type), message };
  return {
    kind: 'run',
    type,
    prompt,
    ...nameRun(textFieldOf(levels, ['thread_id'])),
  };
}
