const ADVICE: Readonly<Record<number, string>> = {
  401: 'the auth service refused E2E_OAUTH_SIMULATION_KEY. Compare it with the key of the deployment',
  403: 'the auth service takes itself for production. Check AUTH_URL',
  404: 'there is no such endpoint. Check AUTH_URL',
  422: 'the auth service could not read the request',
  503: 'the auth service has no E2E_OAUTH_SIMULATION_KEY configured. Configure it there, or set JWT_SECRET instead',
};

/** Why an exchange that was answered with `status` gave no token, and what to do (statuses: protocol notes §3.5). */
export function exchangeRefusal(status: number, url: string): string {
  const advice = ADVICE[status] ?? (status >= 500 ? 'the auth service failed' : 'the answer is not one it documents');
  return `Token exchange: expected 200 from POST ${url}, got ${status}: ${advice}.`;
}
