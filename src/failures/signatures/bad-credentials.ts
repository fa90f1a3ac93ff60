import { sameUser } from '../../history/user.ts';
import { matchOf, namedBy, reported } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Match } from './signature.ts';

/** The same kind of credential, refused on one connection and, after a good one was welcomed, accepted on another. */
export function acceptedAfterGood(evidence: Evidence): Match | undefined {
  const accepted = reported(evidence, ['bad-token-accepted']);
  const turned = namedBy(evidence, accepted).filter(({ request }) => {
    if (request === undefined) return false;
    const earlier = evidence.connections.filter(
      (other) => other.request !== undefined && other.request.index < request.index,
    );
    const refused = earlier.find(({ request: asked, welcome }) => asked?.credential === request.credential && !welcome);
    const good = evidence.trusted.find(({ welcome }) => welcome !== undefined && welcome.index < request.index);
    return refused !== undefined && good !== undefined;
  });
  const names = new Set(turned.map(({ name }) => name));
  return matchOf(
    evidence,
    accepted.filter(({ connection }) => names.has(connection)),
  );
}

/** Credentials that name no user, so that whom they are taken for says nothing. */
const NAMELESS = ['no-token', 'malformed'];

/** A bad credential that is welcomed as somebody whom it does not even name was not looked at. */
export function acceptedAsAnother(evidence: Evidence): Match | undefined {
  const accepted = reported(evidence, ['bad-token-accepted']);
  const another = namedBy(evidence, accepted).filter(({ request, welcome }) => {
    const user = welcome?.message.user;
    if (request === undefined || user === undefined || NAMELESS.includes(request.credential)) return false;
    return !sameUser(user, request.user);
  });
  const names = new Set(another.map(({ name }) => name));
  return matchOf(
    evidence,
    accepted.filter(({ connection }) => names.has(connection)),
  );
}
