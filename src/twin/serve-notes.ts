import { TOKEN_LIFETIME_S } from './handshake/issue-token.ts';
import type { Twin } from './twin.ts';

/** What a person needs to know to talk to a running twin. */
export function notesFor(
  twin: Pick<Twin, 'url' | 'websocketUrl' | 'jwtSecret' | 'simulationKey'>,
  token: string,
): string {
  const { url, websocketUrl, jwtSecret, simulationKey } = twin;
  return [
    `The twin listens at ${websocketUrl} and ${url}. Ctrl-C stops it.`,
    '',
    `Talk to it from this folder. The token ends after ${TOKEN_LIFETIME_S / 60} minutes:`,
    `  node --input-type=module -e '${conversation(websocketUrl, token)}'`,
    `  npx wscat -c ${websocketUrl} -H "Authorization: Bearer ${token}"`,
    '',
    'Get a fresh token:',
    `  curl -s -X POST ${url}/auth/e2e/test-auth -H "X-E2E-Bypass-Key: ${simulationKey}" -d '{"email":"anna@example.test"}'`,
    '',
    'Point the staging project at it:',
    `  STAGING_BACKEND_URL=${url} STAGING_WEBSOCKET_URL=${websocketUrl} STAGING_AUTH_URL=${url} \\`,
    `  STAGING_JWT_SECRET=${jwtSecret} npx playwright test --project=staging`,
    '',
  ].join('\n');
}

function conversation(websocketUrl: string, token: string): string {
  return [
    'import { WebSocket } from "ws";',
    `const socket = new WebSocket("${websocketUrl}", { headers: { authorization: "Bearer ${token}" } });`,
    'socket.on("message", (data) => console.log(String(data)));',
    'socket.on("close", (code, reason) => console.log("closed", code, String(reason)));',
    'socket.on("open", () => socket.send(JSON.stringify({ type: "user_message", content: "Where does the money go?" })));',
  ].join(' ');
}
