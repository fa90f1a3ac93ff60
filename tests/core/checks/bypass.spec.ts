import { expect, test } from '@playwright/test';
import { bypassOf } from '../../../src/checks/bypass.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ADMISSIONS: Readonly<Record<string, string>> = {
  '{"auth_bypass_active":true}': '"auth_bypass_active":true',
  '{"bypass_active": true}': '"bypass_active": true',
  '{"demo_mode" : true}': '"demo_mode" : true',
  '{"demo_mode_active":  true}': '"demo_mode_active":  true',
  '{"demo_mode_enabled":true}': '"demo_mode_enabled":true',
  '{"current_level":"DEMO"}': '"current_level":"DEMO"',
  '{"auth_level" : "relaxed"}': '"auth_level" : "relaxed"',
  '{"level" :  "EMERGENCY"}': '"level" :  "EMERGENCY"',
};

for (const [body, admission] of Object.entries(ADMISSIONS)) {
  test(`bypass: ${body} admits one`, () => {
    const { history, probe } = fakeHistory();
    probe({ name: 'websocket-health', target: 'GET /ws/health', status: 200, body: '{"status":"healthy"}' });
    probe({ name: 'bypass', target: 'GET /ws/auth/permissiveness', status: 200, body });
    expect(bypassOf(history)).toEqual({ because: `GET /ws/auth/permissiveness says ${admission}`, entries: [1] });
  });
}

const DENIALS = [
  '{"auth_bypass_active":false}',
  '{"demo_mode":"true"}',
  '{"demo_mode_documented":true}',
  '{"current_level":"STRICT"}',
  '{"log_level":"DEMO"}',
  '',
] as const;

for (const body of DENIALS) {
  test(`bypass: ${body === '' ? 'an empty answer' : body} admits none`, () => {
    const { history, probe } = fakeHistory();
    probe({ name: 'websocket-health', target: 'GET /ws/health', status: 200, body });
    expect(bypassOf(history)).toBeUndefined();
  });
}

test('bypass: a welcome that names a user for everybody is cited, one that names ours or nobody is none', () => {
  const { history, socket, probe } = fakeHistory();
  probe({ name: 'websocket-health', target: 'GET /ws/health', error: 'fetch failed' });
  socket('c1', 'anna').ready();
  socket('c2', 'bert').asks().opens().receives({ type: 'welcome' });
  socket('c3', 'carl').asks().refused(403);
  expect(bypassOf(history)).toBeUndefined();
  socket('c4', 'dora').asks().opens().welcomed('demo-user-001');
  expect(bypassOf(history)).toEqual({
    because: 'the welcome names the bypass user demo-user-001',
    entries: [history.length - 1],
  });
});
