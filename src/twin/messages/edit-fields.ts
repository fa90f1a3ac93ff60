import { isJsonObject } from '../../protocol/fields.ts';
import type { JsonObject } from '../../protocol/fields.ts';

/** Edits of a message at whatever level a shape has its fields: root, `payload`, `data`, or an object inside of these. */

/** The message with these fields: each where it already is, and otherwise in `payload`, or in the root where there is none. */
export function withFields(message: JsonObject, fields: JsonObject): JsonObject {
  return Object.entries(fields).reduce((edited, [name, value]) => withField(edited, name, value), message);
}

function withField(message: JsonObject, name: string, value: unknown): JsonObject {
  const present = replaced(message, name, value);
  if (present !== message) return present;
  const payload = message['payload'];
  return isJsonObject(payload) ? { ...message, payload: { ...payload, [name]: value } } : { ...message, [name]: value };
}

/** The message with another value in every field of this name; the message itself where there is none. */
export function replaced(message: JsonObject, name: string, value: unknown): JsonObject {
  return edited(message, (at) => (Object.hasOwn(at, name) ? { ...at, [name]: value } : at));
}

/** The message without any field of this name; the message itself where there is none. */
export function stripped(message: JsonObject, name: string): JsonObject {
  return edited(message, (at) =>
    Object.hasOwn(at, name) ? Object.fromEntries(Object.entries(at).filter(([key]) => key !== name)) : at,
  );
}

function edited(at: JsonObject, edit: (at: JsonObject) => JsonObject): JsonObject {
  const own = edit(at);
  return Object.entries(own).reduce<JsonObject>((result, [name, value]) => {
    const inner = isJsonObject(value) ? edited(value, edit) : value;
    return inner === value ? result : { ...result, [name]: inner };
  }, own);
}
