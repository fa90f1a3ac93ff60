import { judgement } from '../../checks/judgement.ts';
import type { Check } from '../../checks/verdict.ts';

/** What stands in for the judgement of an expiring token where none can be minted: nothing is known, which is no pass. */
export function secretNeeded(): Check {
  return () => {
    const judging = judgement('token-expiry', 'a connection whose token expires is kept, or ended with a reason');
    const because = 'a token that expires soon has to be signed with the secret of the deployment: set JWT_SECRET';
    judging.doubted({ code: 'secret-needed', because, entries: [] });
    return judging.verdict(because);
  };
}
