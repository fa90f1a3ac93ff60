import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { secretForms } from '../../../src/client/identities/secret-forms.ts';
import { redactFact } from '../../../src/history/redact-fact.ts';
import { createRedactor } from '../../../src/history/redact.ts';

const SECRET = 'c4n4ry: "sëcret" +/& of 40 characters <x>';
const PLAIN = 'canary0123456789abcdef0123456789abcdef';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
const redact = createRedactor(secretForms([SECRET, PLAIN]));

const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
  'hexadecimal with colons': (secret) => Buffer.from(secret).toString('hex').match(/../g)?.join(':') ?? '',
  'base64 in hexadecimal': (secret) =>
    Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')).toString('hex'),
  'base64 in base64': (secret) =>
    Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')).toString('base64').replace(/=+$/, ''),
  'URL-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'URL-encoded': encodeURIComponent,
  'form-encoded': (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON in JSON in JSON in JSON': (secret) => [1, 2, 3, 4].reduce((text) => JSON.stringify(text).slice(1, -1), secret),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
};

for (const [name, spell] of Object.entries(SPELLINGS)) {
  test(`redacts a secret that is ${name}, wherever it stands`, () => {
    for (const secret of [SECRET, PLAIN]) {
      const spelled = spell(secret);
      expect(redact(`{"a":"x${spelled}y"}`)).toBe('{"a":"x[redacted:secret]y"}');
      const broken = `before ${spelled.slice(0, 11)}\n  ${spelled.slice(11)} after`;
      expect(redact(broken)).toBe('before [redacted:secret] after');
    }
  });
}

test('redacts a secret inside of something that was base64-encoded as a whole', () => {
  const surroundings = fc.record({ before: fc.string({ maxLength: 9 }), after: fc.string({ maxLength: 9 }) });
  fc.assert(
    fc.property(surroundings, ({ before, after }) => {
      const encoded = Buffer.from(`${before}${PLAIN}${after}`).toString('base64');
      const readable = Buffer.from(redact(encoded).replaceAll('[redacted:secret]', ''), 'base64').toString();
      expect(redact(encoded)).toContain('[redacted:secret]');
      expect(readable).not.toContain(PLAIN.slice(2, -2));
    }),
  );
});

test('redacts a JSON text so that it stays the same JSON but for the secret', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, before) => {
      const text = JSON.stringify({ value, note: `${before}${SECRET}\n${PLAIN.slice(0, 9)}\n${PLAIN.slice(9)}` });
      const parsed: unknown = JSON.parse(redact(text));
      expect(parsed).toEqual(expect.objectContaining({ note: expect.stringContaining('[redacted:secret]') }));
      expect(JSON.stringify(parsed)).not.toContain(PLAIN.slice(9));
    }),
  );
});

const SHAPES: readonly (readonly [string, string])[] = [
  [`Authorization: Bearer ${TOKEN}`, 'Authorization: Bearer [redacted:token]'],
  ['Authorization: Bearer 0paque-0paque-0paque', 'Authorization: Bearer [redacted:token]'],
  [`x_${TOKEN}, next`, 'x_[redacted:token], next'],
  [`jwt-auth, jwt.${Buffer.from(TOKEN).toString('base64url')}`, 'jwt-auth, jwt.[redacted:token]'],
  [`jwt.${TOKEN}`, 'jwt.[redacted:token]'],
  [`jwt.staging.${TOKEN}`, 'jwt.staging.[redacted:token]'],
  ['jwt.0paque0paque0paque0paque', 'jwt.[redacted:token]'],
  [Buffer.from(TOKEN).toString('hex'), '[redacted:token]'],
  [`wss://host/ws?a=1&token=abc&b=2`, 'wss://host/ws?a=1&token=[redacted:field]&b=2'],
  ['failed for token=abc123 again', 'failed for token=[redacted:field] again'],
  ['{"access_token":"a\\"b","n":1}', '{"access_token":"[redacted:field]","n":1}'],
  ["{'api_key': 'abc'}", "{'api_key': '[redacted:field]'}"],
  ['{"d":"{\\"password\\":\\"abc\\"}"}', '{"d":"{\\"password\\":\\"[redacted:field]\\"}"}'],
  [`${TOKEN.slice(0, 30)}\n${TOKEN.slice(30)}`, '[redacted:token]'],
];

for (const [text, redacted] of SHAPES) {
  test(`redacts by shape: ${redacted.replaceAll('\\', '')} of ${text.length} characters`, () => {
    expect(redact(text)).toBe(redacted);
    expect(redact(redact(text))).toBe(redacted);
  });
}

for (const text of [
  'a basic implementation of bearer responsibilities',
  '{"tokens_used":12,"keyboard":"x","next":"eyJpZCI6MTIzNDU2fQ"}',
  'user-1 asked: what is a token?',
]) {
  test(`leaves alone what is no secret: ${text}`, () => expect(redact(text)).toBe(text));
}

test('leaves alone every text without a secret, when no secret is configured too', () => {
  const shapesOnly = createRedactor([]);
  for (const text of ['', 'x', 'one\ntwo']) expect([redact(text), shapesOnly(text)]).toEqual([text, text]);
});

test('redacts the beginning of a secret at the end of a text that was cut off', () => {
  expect(redact(`body ${PLAIN.slice(0, 20)}`, true)).toBe('body [redacted:secret]');
  expect(redact('body', true)).toBe('body');
});

for (const [what, from, to] of [
  ['the first half', 0, 20],
  ['the second half', 20, 38],
  ['the middle', 9, 27],
] as const) {
  test(`redacts ${what} of a secret that is cut`, () => {
    expect(redact(`body ${PLAIN.slice(from, to)}… (more)`)).toBe('body [redacted:secret]… (more)');
  });
}

test('redacts the names of headers', () => {
  const answer = { kind: 'handshake-answer', status: 403, headers: { [PLAIN]: 'x', via: TOKEN } } as const;
  expect(redactFact(answer, redact)).toEqual({
    kind: 'handshake-answer',
    status: 403,
    headers: { '[redacted:secret]': 'x', via: '[redacted:token]' },
  });
});

for (const kind of ['closed', 'control', 'refused', 'broken'] as const) {
  test(`redacts the beginning of a secret at the end of a text that a frame or a library cuts: ${kind}`, () => {
    const text = `user x: ${PLAIN.slice(0, 10)}`;
    const facts = {
      closed: { kind: 'closed', code: 1008, reason: text, by: 'them' },
      control: { kind: 'control', direction: 'received', opcode: 'ping', payload: text },
      refused: { kind: 'refused', because: text },
      broken: { kind: 'broken', code: 'ECONNRESET', message: text },
    } as const;
    expect(Object.values(redactFact(facts[kind], redact))).toContain('user x: [redacted:secret]');
  });
}
