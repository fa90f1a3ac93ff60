const SHORTEST_FORM = 8;
/** Where a secret may begin within a group of three bytes, which base64 turns into four characters. */
const OFFSETS = [0, 1, 2] as const;
const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Every spelling in which a secret may turn up: raw, base64 and base64url (alone, and inside of something longer; once and
 * twice), hexadecimal (with and without colons, also of the base64), URL-encoded once and twice, JSON-escaped (once, twice,
 * and as ASCII) and HTML-escaped. Spellings other than the raw one are left out when they are so short that they could be
 * anything.
 */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, ...spellings(secret).filter((form) => form.length >= SHORTEST_FORM)]);
  return [...new Set(forms)];
}

function spellings(secret: string): readonly string[] {
  const base64 = OFFSETS.flatMap((offset) => base64At(offset, secret));
  const url = urlEncoded(secret);
  return [
    ...base64,
    ...base64.flatMap((form) => OFFSETS.flatMap((offset) => base64At(offset, form))),
    ...[secret, ...base64].flatMap(hexadecimal),
    ...url,
    ...url.map(encodeURIComponent),
    ...jsonEscaped(secret),
    secret.replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character),
  ];
}

/** With and without colons, in both cases. */
function hexadecimal(text: string): readonly string[] {
  const pairs = Buffer.from(text).toString('hex').match(/../g) ?? [];
  return [pairs.join(''), pairs.join(':')].flatMap((form) => [form, form.toUpperCase()]);
}

/**
 * What base64 makes of a secret that begins `offset` bytes after a group of three: the characters that depend on the secret
 * alone. Also as base64url, and with the special characters URL-encoded.
 */
function base64At(offset: number, secret: string): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const first = Math.ceil((offset * 8) / 6);
  const pastLast = Math.floor((bytes.length * 8) / 6);
  const standard = bytes.toString('base64').slice(first, pastLast);
  const whole = offset === 0 ? [bytes.toString('base64').replace(/=+$/, '')] : [];
  return [standard, ...whole].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
    encodeURIComponent(form),
  ]);
}

/** As a component, with every reserved character encoded, as a path, and as a form field; digits in both cases. */
function urlEncoded(secret: string): readonly string[] {
  const component = encodeURIComponent(secret);
  const strict = component.replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const encoded = [component, strict, strict.replaceAll('%2F', '/'), strict.replaceAll('%20', '+')];
  return [...encoded, ...encoded.map((form) => form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function jsonEscaped(secret: string): readonly string[] {
  const once = JSON.stringify(secret).slice(1, -1);
  const ascii = once.replaceAll(/[^\u0020-\u007e]/g, (character) => escaped(character));
  return [once, once.replaceAll('/', String.raw`\/`), ascii].flatMap((form) => [
    form,
    JSON.stringify(form).slice(1, -1),
  ]);
}

function escaped(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
