import type { Signature } from '../signature.ts';
import { AVAILABILITY } from './availability.ts';
import { CLOSED_BEFORE_WELCOME } from './closed-before-welcome.ts';
import { CLOSING } from './closing.ts';
import { EVENTS } from './events.ts';
import { HARNESS } from './harness.ts';
import { HEALTH } from './health.ts';
import { IDENTITY } from './identity.ts';
import { KEEP_ALIVE } from './keep-alive.ts';
import { PRODUCT_CLIENTS } from './product-clients.ts';
import { REACHING } from './reaching.ts';
import { RELIABILITY } from './reliability.ts';
import { REQUESTS } from './requests.ts';
import { SEVERAL_CONNECTIONS } from './several-connections.ts';
import { TOKEN } from './token.ts';
import { UPGRADE } from './upgrade.ts';
import { WELCOME } from './welcome.ts';
import type { RowWithoutSignature } from './without-signature.ts';

/** Signatures that are about the same thing, under the title that docs/failures.md gives them. */
const CHAPTERS = [
  { title: 'Reaching the service', signatures: REACHING },
  { title: 'The token', signatures: TOKEN },
  { title: 'The upgrade', signatures: UPGRADE },
  { title: 'A backend that is down, starting or at a limit', signatures: AVAILABILITY },
  { title: 'Closed before the welcome', signatures: CLOSED_BEFORE_WELCOME },
  { title: 'The welcome', signatures: WELCOME },
  { title: 'Several connections', signatures: SEVERAL_CONNECTIONS },
  { title: 'Identity and isolation', signatures: IDENTITY },
  { title: 'Requests', signatures: REQUESTS },
  { title: 'Keep-alive', signatures: KEEP_ALIVE },
  { title: 'Closing', signatures: CLOSING },
  { title: 'Events of a run', signatures: EVENTS },
  { title: 'Clients of the product', signatures: PRODUCT_CLIENTS },
  { title: 'Reconnects, limits, restarts and rates', signatures: RELIABILITY },
  { title: 'Health and other HTTP endpoints', signatures: HEALTH },
  { title: 'The harness itself', signatures: HARNESS },
] as const;

/** The name of a signature, derived from the rows; the anchor in docs/failures.md is the same in lower case. */
export type SignatureId = (typeof CHAPTERS)[number]['signatures'][number]['id'];

/** One chapter of docs/failures.md. */
export interface Chapter {
  readonly title: string;
  readonly signatures: readonly Signature<SignatureId, SignatureId | RowWithoutSignature>[];
}

/** Every failure that can be recognised, by what it is about. */
export const SIGNATURE_CHAPTERS: readonly Chapter[] = CHAPTERS;

/** The same without chapters. Of equally specific signatures in one phase, the first is preferred. */
export const SIGNATURES = SIGNATURE_CHAPTERS.flatMap(({ signatures }) => signatures);

export const SIGNATURE_IDS: readonly SignatureId[] = SIGNATURES.map(({ id }) => id);
