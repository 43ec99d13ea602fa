import { describe, expect, it } from 'vitest';
import { linkTokens } from '../../../lambdas/adapters/link-tokens.ts';
import { authenticateUpload } from '../../../lambdas/usecases/authenticate-upload.ts';
import { createUploadToken } from '../../../lambdas/usecases/create-upload-token.ts';
import { owner } from '../../support/callers.ts';
import { memoryUploadTokens } from '../../support/memory-upload-tokens.ts';

const build = () => {
  let now = new Date('2026-11-21T10:00:00.000Z');
  const deps = { clock: { now: () => now }, uploadTokens: memoryUploadTokens(), linkTokens };
  return {
    ...deps,
    create: () => createUploadToken(deps)({ caller: owner, apiUrl: 'https://api.example.com/live' }),
    authenticate: authenticateUpload(deps),
    passTime: (time: string) => {
      now = new Date(time);
    },
  };
};

describe('an upload token', () => {
  it('is its caller’s for an hour, and nobody’s afterwards', async () => {
    const { create, authenticate, passTime } = build();
    const created = await create();
    if (!created.ok) throw new Error('There is no token.');
    const { token, companionUrl, expiresAt } = created.value;
    expect([companionUrl, expiresAt]).toEqual([`https://api.example.com/live/u/${token}`, '2026-11-21T11:00:00.000Z']);
    passTime('2026-11-21T10:59:59.999Z');
    expect(await authenticate(token)).toEqual(owner);
    passTime('2026-11-21T11:00:00.000Z');
    expect(await authenticate(token)).toBeUndefined();
  });

  it('is kept as its hash only', async () => {
    const { create, uploadTokens } = build();
    const created = await create();
    const token = created.ok ? created.value.token : '';
    expect(token).toHaveLength(43);
    expect(JSON.stringify([...uploadTokens.kept])).not.toContain(token);
  });

  it.each(['', 'a', 'a'.repeat(43), `${'a'.repeat(42)}!`])('that was never given is nobody’s: %j', async (token) => {
    expect(await build().authenticate(token)).toBeUndefined();
  });

  it('is not for who may upload nothing', async () => {
    const { uploadTokens, clock } = build();
    const nobody = { ...owner, roles: [] };
    const refused = await createUploadToken({ clock, uploadTokens, linkTokens })({ caller: nobody, apiUrl: '' });
    expect(refused).toEqual({ ok: false, failure: { kind: 'not-permitted' } });
    expect(uploadTokens.kept.size).toBe(0);
  });
});
