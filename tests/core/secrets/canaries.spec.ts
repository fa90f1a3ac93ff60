import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { secrets } from '../../../src/checks/secrets.ts';
import { secretForms } from '../../../src/client/identities/secret-forms.ts';
import type { Fact, Headers } from '../../../src/history/entry.ts';
import { createRecorder } from '../../../src/history/recorder.ts';
import type { Recorder } from '../../../src/history/recorder.ts';
import { createRedactor } from '../../../src/history/redact.ts';
import { evidenceAttachments } from '../../../src/report/attachments.ts';
import { BUDGETS } from '../histories/budgets.ts';

const SECRET = `canary/f3a9c1d27b6e4408"&<95bd10c7e2\\%end-of-the-secret`;

/** Every form in which a secret can leave a program. They share no code with the redactor, which they test. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 inside of something': (secret) => Buffer.from(`user:${secret}!`).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 of base64': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
  hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
  'hexadecimal in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'hexadecimal with colons': (secret) => (Buffer.from(secret).toString('hex').match(/../g) ?? []).join(':'),
  'URL-encoded': encodeURIComponent,
  'URL-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'a form field': (secret) => new URLSearchParams({ secret }).toString(),
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON-escaped twice': (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1),
  'wrapped over lines': (secret) => `${secret.slice(0, 19)}\n    ${secret.slice(19)}`,
  'HTML-escaped': (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
};

/** A text without what a header, a reason or JSON cannot hold, and that text in a message. */
const inJson = (text: string): string => JSON.stringify({ type: 'system_message', data: { text } });
const headersWith = (text: string): Headers => ({ [text]: 'name', 'x-value': text, location: `/login?next=${text}` });
const halves = (text: string): readonly string[] => [text.slice(0, text.length / 2), text.slice(text.length / 2)];
const LEAST_PIECE = 15;
const pieces = (text: string): readonly string[] =>
  text.match(new RegExp(`.{${LEAST_PIECE},${2 * LEAST_PIECE - 1}}$|.{${LEAST_PIECE}}`, 'gs')) ?? [];

const REQUEST = {
  kind: 'handshake-request',
  url: 'ws://host/ws',
  headers: {},
  offered: [],
  user: 'u',
  credential: 'valid',
} as const;

/** Every carrier of text into a history, given a text that holds a secret. */
const CARRIERS: Readonly<Record<string, (recorder: Recorder, text: string) => void>> = {
  'a message': (recorder, text) => hears(recorder, inJson(text)),
  'a message that is no JSON': (recorder, text) => hears(recorder, `Traceback: ${text}`),
  'two messages': (recorder, text) => halves(text).forEach((half) => hears(recorder, inJson(half))),
  'many messages': (recorder, text) => pieces(text).forEach((piece) => hears(recorder, inJson(piece))),
  'a message that we sent': (recorder, text) => void recorder.recordText('c1', 'sent', inJson(text), 1),
  'a binary message': (recorder, text) =>
    records(recorder, {
      kind: 'unreadable',
      direction: 'received',
      why: 'binary',
      excerpt: Buffer.from(text).subarray(0, 100).toString('hex'),
      bytes: text.length,
    }),
  'the payload of a ping': (recorder, text) =>
    records(recorder, { kind: 'control', direction: 'received', opcode: 'ping', payload: text.slice(0, 125) }),
  'the reason of a close': (recorder, text) =>
    records(recorder, { kind: 'closed', code: 1008, reason: text.slice(0, 123), by: 'them' }),
  'the error of a library': (recorder, text) => records(recorder, { kind: 'broken', code: 'EPROTO', message: text }),
  'the address of the upgrade': (recorder, text) => records(recorder, { ...REQUEST, url: `ws://host/ws?x=${text}` }),
  'headers and subprotocols of the upgrade': (recorder, text) =>
    records(recorder, { ...REQUEST, headers: headersWith(text), offered: [text] }),
  'the answer to the upgrade': (recorder, text) =>
    records(recorder, { kind: 'handshake-answer', status: 302, headers: headersWith(text), body: `no: ${text}` }),
  'a refusal': (recorder, text) => records(recorder, { kind: 'refused', because: text }),
  'the selected subprotocol': (recorder, text) =>
    records(recorder, { kind: 'opened', subprotocol: text, localPort: 1 }),
  'an HTTP answer': (recorder, text) =>
    records(recorder, {
      ...probe(text),
      status: 200,
      headers: headersWith(text),
      body: `{"debug":${JSON.stringify(text)}}`,
    }),
  'an HTTP failure': (recorder, text) =>
    records(recorder, { ...probe(text), error: `Error: ${text}\n    at x`, found: text }),
};

function probe(text: string) {
  return { kind: 'probe', name: 'health', target: `GET http://proxy:${text}@host/`, durationMs: 1 } as const;
}

function hears(recorder: Recorder, text: string): void {
  recorder.recordText('c1', 'received', text, text.length);
}

function records(recorder: Recorder, fact: Fact): void {
  recorder.record('c1', fact);
}

/** All that a test attaches about a history into which one carrier brought one form of the secret. */
function attached(carrier: string, form: string, redact = createRedactor(secretForms([SECRET]))): string {
  let nowMs = 0;
  const recorder = createRecorder({ clock: () => (nowMs += 1), redact });
  if (!carrier.includes('upgrade')) records(recorder, REQUEST);
  CARRIERS[carrier]?.(recorder, form);
  const { history } = recorder;
  const context = { target: 'x', project: 'x', test: 'x', clockZero: '2026-01-01T00:00:00.000Z', exemptFrom: [] };
  const files = evidenceAttachments({
    history,
    verdicts: [secrets()(history)],
    judged: [],
    diagnosis: undefined,
    context: { ...context, order: 'exact', budgets: BUDGETS },
  });
  return files.map(({ body }) => body).join('\n');
}

/** A binary message is shown in hexadecimal. */
function shownBy(carrier: string, form: string): string {
  return carrier === 'a binary message' ? Buffer.from(form).toString('hex') : form;
}

/** Parts of the form that are too long to be there by chance, or to be of use to anybody. */
function tracesIn(text: string, form: string): readonly string[] {
  const plain = text.replaceAll('\\', '');
  const wanted = form.replaceAll('\\', '').replace(/=+$/, '');
  const starts = Array.from({ length: Math.max(0, wanted.length - LONGEST_TRACE) }, (_, start) => start);
  return starts.map((start) => wanted.slice(start, start + LONGEST_TRACE + 1)).filter((part) => plain.includes(part));
}

/** A piece of 15 characters is recognised; what is left of a neighbour that was cut or split is shorter. */
const LONGEST_TRACE = 15;

for (const carrier of Object.keys(CARRIERS)) {
  test(`secrets: ${carrier} leaves no readable part of a secret in what a test attaches, in any form`, () => {
    const leaking = Object.entries(FORMS).flatMap(([name, formOf]) => {
      const form = formOf(SECRET);
      const traces = tracesIn(attached(carrier, form), shownBy(carrier, form));
      return traces.length === 0 ? [] : [`${name}: ${traces[0]}`];
    });
    expect(leaking).toEqual([]);
  });
}

test('secrets: without the redactor every carrier is seen to leak', () => {
  const tight = Object.keys(CARRIERS).filter(
    (carrier) =>
      tracesIn(
        attached(carrier, SECRET, (text) => text),
        shownBy(carrier, SECRET),
      ).length === 0,
  );
  expect(tight).toEqual([]);
});
