import { BAD_TOKEN_KINDS, expect, test } from '../../fixtures/index.ts';
import { handshake, refuses, sameJudgement, welcome } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

for (const carrier of ['header', 'subprotocol', 'both'] as const) {
  test(`accepts a valid token by ${carrier}`, verifies('auth:accepted'), async ({ connect, history, settings }) => {
    const client = await connect({ carrier });
    await client.welcomed();
    expect(history).toSatisfy(handshake(), welcome(settings.budgets));
  });
}

for (const kind of BAD_TOKEN_KINDS) {
  test(
    `refuses a credential that is ${kind} over HTTP`,
    { ...verifies('auth:refused'), tag: '@http' },
    async ({ nextIdentity, forgeCredential, probe, history }) => {
      await probe.bypass();
      const bad = await forgeCredential(kind, await nextIdentity());
      await probe.rest(bad.credential, bad.token);
      expect(history).toSatisfy(refuses());
    },
  );

  for (const withE2eHeaders of [true, false]) {
    const headers = withE2eHeaders ? 'with' : 'without';
    test(
      `refuses a credential that is ${kind}, ${headers} E2E headers, alone and after a good connection`,
      verifies('auth:refused'),
      async ({ connect, nextIdentity, forgeCredential, probe, history }) => {
        await probe.bypass();
        const identity = await nextIdentity();
        const bad = await forgeCredential(kind, identity);
        const alone = await connect({ identity, bad, withE2eHeaders });
        await alone.decided();
        const good = await connect({ withE2eHeaders });
        await good.welcomed();
        const afterwards = await connect({ identity, bad, withE2eHeaders });
        await afterwards.decided();
        expect(history).toSatisfy(handshake(), refuses());
      },
    );
  }
}

test(
  'judges a valid token alike over HTTP and WebSocket',
  verifies('auth:judged-alike'),
  async ({ connect, nextIdentity, probe, history }) => {
    const identity = await nextIdentity();
    await probe.rest('valid', identity.token);
    const client = await connect({ identity });
    await client.welcomed();
    expect(history).toSatisfy(sameJudgement('valid'));
  },
);

test(
  'judges a token with a wrong secret alike over HTTP and WebSocket',
  verifies('auth:judged-alike'),
  async ({ connect, nextIdentity, forgeCredential, probe, history }) => {
    await probe.bypass();
    const identity = await nextIdentity();
    const bad = await forgeCredential('wrong-secret', identity);
    await probe.rest(bad.credential, bad.token);
    const client = await connect({ identity, bad });
    await client.decided();
    expect(history).toSatisfy(sameJudgement('wrong-secret'));
  },
);
