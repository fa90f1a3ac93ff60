import { expect, test } from '@playwright/test';
import { VIOLATIONS } from '../../../src/checks/findings.ts';
import type { ViolationCode } from '../../../src/checks/findings.ts';
import { judgement } from '../../../src/checks/judgement.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import { AFTERWARDS, PREFLIGHT_STAGES } from '../../../src/history/probe-names.ts';
import type { Story } from './story.ts';
import { closesEarly, diagnosisOf } from './story.ts';

/** Connections that are closed with 1011 after these ages in milliseconds, or welcomed where the age is `ready`. */
function accepted(...ages: readonly (number | 'ready')[]): Story {
  return (told) => {
    ages.forEach((age, number) => {
      told.at((number + 1) * 10_000);
      const socket = told
        .socket(`c${number + 1}`)
        .asks()
        .opens();
      told.at((number + 1) * 10_000 + 10 + (age === 'ready' ? 10 : age));
      if (age === 'ready') socket.welcomed();
      else socket.closed(1011, 'Internal error');
    });
  };
}

const RECURRENCES = [
  ['deterministic', [60, 63, 61], 3, 3],
  ['always, at varying times', [60, 900, 2500], 3, 3],
  ['intermittent', [60, 'ready', 61, 'ready'], 4, 2],
  ['too few to tell', [60, 63], 2, 2],
] as const;

for (const [looks, ages, tried, failed] of RECURRENCES) {
  test(`a failure of ${failed} of ${tried} connections looks like this: ${looks}`, () => {
    const recurrence = diagnosisOf(accepted(...ages))?.recurrence;
    expect(recurrence).toMatchObject({ looks, tried, failed, rate: failed / tried });
  });
}

test('one connection tells nothing about recurrence', () => {
  expect(diagnosisOf(accepted(60))?.recurrence).toBeUndefined();
});

test('every connection alike names the deterministic failure as an alternative, some of them the intermittent one', () => {
  expect(diagnosisOf(accepted(60, 63, 61))?.alternatives).toContain('FM-33');
  expect(diagnosisOf(accepted(60, 'ready', 61))?.alternatives).toContain('FM-79');
});

test('nothing is diagnosed while every verdict holds', () => {
  const story: Story = (told) => void told.socket('c1').ready().runs('r1').fiveEvents('r1').closed(1000, '', 'us');
  expect(diagnosisOf(story)).toBeUndefined();
});

test('degraded health is a note and no diagnosis', () => {
  const story: Story = (told) => {
    for (const name of PREFLIGHT_STAGES) {
      told.probe({ name, target: name, found: 'fine', ...(name === 'health' && { body: '{"status":"degraded"}' }) });
    }
  };
  expect(diagnosisOf(story)).toBeUndefined();
});

test('of two failures equally specific the earlier phase is preferred, the other one named', () => {
  const diagnosis = diagnosisOf((told) => {
    told.socket('c1').ready().runs('r1').event('r1', 'agent_started').deadline('run r1');
    closesEarly({ ...told, socket: () => told.socket('c2') }, 1011, 'Internal error');
  });
  expect(diagnosis?.signature).toBe('FM-22');
  expect(diagnosis?.alternatives).toContain('FM-54');
});

test('health beside a dead WebSocket is named', () => {
  const diagnosis = diagnosisOf((told) => {
    closesEarly(told, 1011, 'Internal error');
    told.probe({ name: AFTERWARDS.health, target: 'GET /health', status: 200, body: '{"status":"healthy"}' });
  });
  expect(diagnosis?.alternatives).toContain('FM-72');
  expect(diagnosis?.measured.at(-1)).toContain('GET /health → HTTP 200');
});

test('it is measured how far a connection came, for how long, and what it heard last', () => {
  const diagnosis = diagnosisOf((told) => {
    told.socket('c1').ready().runs('r1').event('r1', 'agent_started').event('r1', 'agent_thinking').closed(1006);
  });
  expect(diagnosis?.measured).toEqual(
    expect.arrayContaining([
      'c1 got as far as this: event 2 of a run, agent_thinking',
      'c1 open → welcome: 10 ms',
      'c1 open → close: 50 ms, with no subprotocol',
      'c1 close code 1006 without a reason, not by us',
      'c1 received 3 messages, the last agent_thinking (#5), 10 ms before the end',
      'health at the time: not asked in this test',
    ]),
  );
});

/** Findings that are told apart by how their connection ended, which only a history shows. */
const NEED_THEIR_CONNECTION: readonly string[] = [
  'service-unavailable',
  'refused-by-proxy',
  'upgrade-forbidden',
  'token-refused',
  'subprotocol-invalid',
  'closed-before-welcome',
  'run-unanswered',
  'run-cut-short',
  'closed-by-server',
  'closed-uncleanly',
];

test('every violation is diagnosed by its code alone, unless it needs its connection', () => {
  const unknown = Object.keys(VIOLATIONS)
    .filter(isViolation)
    .filter((code) => {
      const judging = judgement('told', 'what is told');
      const entries: readonly number[] = [];
      const told = { expected: 'it', found: 'another', because: 'it is told so', entries };
      judging.violated({ code, ...told });
      return diagnose([], [judging.verdict('')])?.signature === 'unclassified';
    });
  expect(unknown.filter((code) => !NEED_THEIR_CONNECTION.includes(code))).toEqual([]);
});

function isViolation(code: string): code is ViolationCode {
  return Object.hasOwn(VIOLATIONS, code);
}
