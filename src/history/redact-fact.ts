import type { Fact, Headers } from './entry.ts';
import type { Redact } from './redact.ts';
import { REDACTED } from './redact.ts';

const SECRET_HEADER =
  /authorization$|cookie|token|secret|passw|credential|assertion|jwt|ticket|(?:api|bypass|simulation|access|auth)-?key/i;

/** A fact without secrets: text through the redactor, secret headers by name. Frames are redacted before they are read. */
export function redactFact(fact: Fact, redact: Redact): Fact {
  switch (fact.kind) {
    case 'handshake-request':
      return {
        ...fact,
        url: redact(fact.url),
        headers: redactHeaders(fact.headers, redact),
        offered: fact.offered.map((subprotocol) => redact(subprotocol)),
      };
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
      return { ...fact, because: redact(fact.because) };
    case 'broken':
      return { ...fact, message: redact(fact.message) };
    case 'closed':
      return { ...fact, reason: redact(fact.reason) };
    case 'unreadable':
      return { ...fact, excerpt: redact(fact.excerpt, true) };
    case 'control':
      return { ...fact, payload: redact(fact.payload) };
    case 'sent':
    case 'received':
    case 'quiet':
    case 'deadline':
    case 'fault':
    case 'lag':
      return fact;
  }
}

function redactHeaders(headers: Headers, redact: Redact): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactHeader(name, value, redact)]));
}

function redactHeader(name: string, value: string, redact: Redact): string {
  return SECRET_HEADER.test(name) ? REDACTED.field : redact(value);
}
