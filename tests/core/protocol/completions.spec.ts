import { expect, test } from '@playwright/test';
import { read } from '../../../src/protocol/read.ts';

/** What a completion with these fields answers, and what it says of a failure. */
function completion(fields: object): readonly unknown[] {
  const reading = read(JSON.stringify({ type: 'agent_completed', ...fields }));
  return reading.readable ? [reading.message.answer, reading.message.failure] : [];
}

const COMPLETIONS: Readonly<Record<string, readonly [object, string | undefined, string | undefined]>> = {
  'the answer of the bridge': [
    { payload: { status: 'completed', result: { final_response: 'Yes.' } } },
    'Yes.',
    undefined,
  ],
  'the answer of the emitter': [
    { data: { metadata: { final_response: 'Yes.' }, status: 'completed' } },
    'Yes.',
    undefined,
  ],
  'the answer of the run itself': [
    { payload: { orchestration_successful: true, supervisor_result: 'completed', results: { answer: 'Yes.' } } },
    'Yes.',
    undefined,
  ],
  'an answer that is an object': [{ result: { rows: 3 } }, '{"rows":3}', undefined],
  'a message without a status': [{ message: 'Yes.' }, 'Yes.', undefined],
  'a line about the status': [{ status: 'completed', message: 'supervisor has completed' }, undefined, undefined],
  'an empty answer beside such a line': [
    { payload: { status: 'completed', result: { final_response: '' }, message: 'done' } },
    '',
    undefined,
  ],
  'an answer that nobody sees': [{ final_response: ' \u200b\n' }, '', undefined],
  'an answer that says None': [{ final_response: 'None' }, '', undefined],
  'an answer that is null': [{ final_response: null }, undefined, undefined],
  'no error in several spellings': [
    { answer: 'Yes.', error: null, errors: [], error_message: '', success: true, is_error: false },
    'Yes.',
    undefined,
  ],
  'a failed status with its error': [
    { status: 'failed', error_message: 'no quota' },
    undefined,
    'status "failed", error_message "no quota"',
  ],
  'a status that says error, with its message': [
    { payload: { status: 'error', message: 'too slow' } },
    undefined,
    'status "error", message "too slow"',
  ],
  'success that is false': [{ success: false, answer: 'Yes.' }, 'Yes.', 'success false'],
  'an orchestration without success': [
    { payload: { orchestration_successful: false } },
    undefined,
    'orchestration_successful false',
  ],
  'an error that is marked so': [{ is_error: true }, undefined, 'is_error true'],
  'an error that is an object': [{ error: { code: 'E1', message: 'broken' } }, undefined, 'error "broken"'],

  'an error inside of the result': [
    { answer: 'Yes.', result: { status: 'error', error: 'broken', text: 'No.' } },
    'No.',
    'status "error", error "broken"',
  ],
};

for (const [what, [fields, answer, failure]] of Object.entries(COMPLETIONS)) {
  test(`read: of a completion with ${what}`, () => {
    expect(completion(fields)).toEqual([answer, failure]);
  });
}
