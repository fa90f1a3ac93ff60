import type { Blame } from '../checks/blame.ts';

const OWNERS: Readonly<Record<Blame, string>> = {
  product: 'developers of the backend',
  auth: 'keepers of credentials and auth service',
  environment: 'operators of the deployment',
  harness: 'keepers of this test harness',
};

/** Who has to look, in words. */
export function ownerOf(blame: Blame): string {
  return OWNERS[blame];
}
