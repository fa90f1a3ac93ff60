import type { Fact, HandshakeRequest, Headers } from './entry.ts';
import type { Redact } from './redact.ts';
import { REDACTED } from './redact.ts';

const SECRET_HEADER =
  /authorization$|cookie|token|secret|passw|credential|assertion|jwt|ticket|(?:api|bypass|simulation|access|auth)-?key/i;

const OFFER = 'sec-websocket-protocol';

/** A fact without secrets: text through the redactor, secret headers by name. Frames are redacted before they are read. */
export function redactFact(fact: Fact, redact: Redact): Fact {
  switch (fact.kind) {
    case 'handshake-request':
      return redactRequest(fact, redact);
    case 'handshake-answer':
    case 'probe':
      return {
        ...fact,
        ...(fact.headers !== undefined && { headers: redactHeaders(fact.headers, redact) }),
        ...(fact.body !== undefined && { body: redact(fact.body, true) }),
        ...('target' in fact && { target: redact(fact.target) }),
        ...('found' in fact && fact.found !== undefined && { found: redact(fact.found) }),
        ...('error' in fact && fact.error !== undefined && { error: redact(fact.error, true) }),
      };
    case 'opened':
      return { ...fact, subprotocol: redact(fact.subprotocol) };
    case 'refused':
      return { ...fact, because: redact(fact.because, true) };
    case 'broken':
      return { ...fact, message: redact(fact.message, true) };
    case 'closed':
      return { ...fact, reason: redact(fact.reason, true) };
    case 'unreadable':
      return {
        ...fact,
        excerpt: fact.why === 'binary' ? redactBytes(fact.excerpt, redact) : redact(fact.excerpt, true),
      };
    case 'control':
      return { ...fact, payload: redact(fact.payload, true) };
    case 'sent':
    case 'received':
    case 'quiet':
    case 'deadline':
    case 'fault':
    case 'lag':
    case 'ended':
    case 'flooded':
    case 'reached':
      return fact;
  }
}

/** Bytes in hexadecimal. Where they hold a secret as text, in any spelling, nothing of them remains. */
function redactBytes(hexadecimal: string, redact: Redact): string {
  const codes = (hexadecimal.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const text = codes.map((code) => String.fromCharCode(code)).join('');
  return redact(text, true) === text ? redact(hexadecimal, true) : REDACTED.secret;
}

/** The header that lists the offered subprotocols is not searched a second time: they are redacted already. */
function redactRequest(request: HandshakeRequest, redact: Redact): HandshakeRequest {
  const offered = request.offered.map((subprotocol) => redact(subprotocol));
  const { [OFFER]: offer, ...others } = request.headers;
  const listed = offer === request.offered.join(',') ? offered.join(',') : offer && redact(offer);
  const headers = { ...redactHeaders(others, redact), ...(listed !== undefined && { [OFFER]: listed }) };
  return { ...request, url: redact(request.url), headers, offered };
}

function redactHeaders(headers: Headers, redact: Redact): Headers {
  const redacted: Record<string, string> = {};
  for (const name of Object.keys(headers)) redacted[redact(name)] = redactHeader(name, headers[name] ?? '', redact);
  return redacted;
}

function redactHeader(name: string, value: string, redact: Redact): string {
  return SECRET_HEADER.test(name) ? REDACTED.field : redact(value);
}
