import { expect, test } from '@playwright/test';
import { isCanned } from '../../../src/protocol/canned.ts';
import { errorDetails } from '../../../src/protocol/error-details.ts';
import type { JsonObject } from '../../../src/protocol/fields.ts';
import { levelsOf } from '../../../src/protocol/fields.ts';

const CODES: readonly JsonObject[] = [
  { error_code: 'BAD' },
  { code: 'BAD' },
  { error: { code: 'BAD' } },
  { data: { error_code: 'BAD' } },
  { payload: { error_code: 'BAD' } },
  { error_code: '', code: 'BAD' },
  { error_code: null, data: 'told', payload: { error_code: 'BAD' } },
];

for (const error of CODES) {
  test(`errors: the code of ${JSON.stringify(error)} is found`, () => {
    expect(errorDetails(error).errorCode).toBe('BAD');
  });
}

const TEXTS: readonly JsonObject[] = [
  { error_message: 'no' },
  { message: 'no' },
  { error: { message: 'no' } },
  { error: 'no' },
  { data: { error_message: 'no' } },
  { data: { message: 'no' } },
  { payload: { error_message: 'no' } },
  { payload: { error: 'no' } },
  { payload: { message: 'no' } },
  { error_message: 'no', message: 'another', error: 'another' },
  { error: '', data: { message: 'no' }, payload: { message: 'another' } },
];

for (const error of TEXTS) {
  test(`errors: the text of ${JSON.stringify(error)} is found`, () => {
    expect(errorDetails(error).errorText).toBe('no');
  });
}

test('errors: a number is a code too, and what is neither is none', () => {
  expect(errorDetails({ code: 1008 })).toEqual({ errorCode: '1008', errorText: undefined });
  expect(errorDetails({ code: ['1008'], message: true, error: {} })).toEqual({
    errorCode: undefined,
    errorText: undefined,
  });
});

const CANNED: readonly JsonObject[] = [
  { type: 'agent_started', emergency_mode: true },
  { type: 'agent_started', data: { system_maintenance: true } },
  { type: 'agent_started', payload: { fallback_response: true } },
  { type: 'agent_completed', payload: { type: 'emergency_mode' } },
  { type: 'agent_completed', data: { type: 'system_maintenance' } },
  { type: 'agent_completed', data: { type: 'fallback_response' } },
];

for (const event of CANNED) {
  test(`errors: ${JSON.stringify(event)} was fabricated`, () => {
    expect(isCanned(levelsOf(event))).toBe(true);
  });
}

const GENUINE: readonly JsonObject[] = [
  { type: 'agent_started', emergency_mode: false },
  { type: 'agent_started', emergency_mode: 'true' },
  { type: 'tool_executing', tool_name: 'cost_analyzer' },
  { type: 'agent_completed', final_response: 'The agent says: Agent processed your message: hello' },
];

for (const event of GENUINE) {
  test(`errors: ${JSON.stringify(event)} was not`, () => {
    expect(isCanned(levelsOf(event))).toBe(false);
  });
}
