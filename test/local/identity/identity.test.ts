import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createIdentity } from '../../../local/identity/identity.ts';
import { people } from '../../../local/identity/people.ts';
import { audience, post, type Running, startIdentity, temporaryDirectory } from './fixtures.ts';

const keysOf = ({ issuer }: Running) => createRemoteJWKSet(new URL(`${issuer}/jwks`));

describe('the signing key', () => {
  it('survives a new start, so tokens do too', async () => {
    await using directory = await temporaryDirectory();
    let token = '';
    {
      await using before = await startIdentity(directory.path);
      token = await before.identity.issueToken('patient-north');
    }
    await using after = await startIdentity(directory.path);
    expect((await jwtVerify(token, keysOf(after), { audience })).payload.tenant_id).toBe('north-clinic');
  });

  it('differs from one data directory to another', async () => {
    await using one = await temporaryDirectory();
    await using other = await temporaryDirectory();
    await using first = await startIdentity(one.path);
    await using second = await startIdentity(other.path);
    const token = await first.identity.issueToken('patient-north');
    await expect(jwtVerify(token, keysOf(second))).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('is readable by its owner only, and its private half is not published', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const files = await readdir(join(directory.path, 'identity'));
    expect(files).toEqual(['signing-key.json']);
    const path = join(directory.path, 'identity', 'signing-key.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { d } = JSON.parse(await readFile(path, 'utf8'));
    const published = await (await fetch(`${running.issuer}/jwks`)).text();
    expect(d).toMatch(/^[\w-]{300,}$/);
    expect(published).not.toContain(d);
    expect(Object.keys(JSON.parse(published).keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it.each(['', '{}', '{"kty":"oct","k":"c2VjcmV0"}'])(
    'that is damaged (%j) stops the start and says what to do',
    async (text) => {
      await using directory = await temporaryDirectory();
      const settings = { issuer: 'http://127.0.0.1:8080/identity', audience, dataDirectory: directory.path };
      await createIdentity(settings);
      const path = join(directory.path, 'identity', 'signing-key.json');
      await writeFile(path, text);
      await chmod(path, 0o600);
      await expect(createIdentity(settings)).rejects.toThrow(`${path} cannot be read. Delete the file`);
    },
  );
});

describe('the provider', () => {
  it('describes itself', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const response = await fetch(`${running.issuer}/.well-known/openid-configuration`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({
      issuer: running.issuer,
      authorization_endpoint: `${running.issuer}/authorize`,
      token_endpoint: `${running.issuer}/token`,
      jwks_uri: `${running.issuer}/jwks`,
      grant_types_supported: ['authorization_code', 'urn:sealdrop:local:person'],
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('refuses what it does not serve, in the way of HTTP', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const { issuer } = running;
    expect((await fetch(`${issuer}/userinfo`)).status).toBe(404);
    expect((await fetch(`${issuer}constructor`)).status).toBe(404);
    const wrongMethod = await fetch(`${issuer}/token`);
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${issuer}/jwks`, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${issuer}/jwks`, { method: 'HEAD' })).status).toBe(200);
    const json = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect([json.status, (await json.json()).error]).toEqual([415, 'invalid_request']);
    const large = await post(`${issuer}/token`, { grant_type: 'x'.repeat(5_000_000) });
    expect([large.status, (await large.json()).error]).toEqual([413, 'invalid_request']);
    const twice = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams([
        ['grant_type', 'a'],
        ['grant_type', 'b'],
      ]),
    });
    expect([twice.status, (await twice.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('goes on after a client that hangs up in the middle of a request', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const socket = connect(Number(new URL(running.origin).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const head = 'POST /identity/token HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n';
    socket.write(`${head}content-type: application/x-www-form-urlencoded\r\nexpect: 100-continue\r\n\r\n`);
    // The server's 100 Continue says that it is reading the body.
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await closed;
    expect((await fetch(`${running.issuer}/jwks`)).status).toBe(200);
  });

  it('does not let id tokens pass for access tokens', async () => {
    await using directory = await temporaryDirectory();
    const settings = {
      issuer: 'http://127.0.0.1:8080/identity',
      audience: 'sealdrop-web',
      dataDirectory: directory.path,
    };
    await expect(createIdentity(settings)).rejects.toThrow(TypeError);
  });
});

describe('the people', () => {
  it('are some of each role in two tenants, with names, subjects and tenants that fit the claims', () => {
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    expect(new Set(people.map(({ subjectId }) => subjectId)).size).toBe(people.length);
    const tenants = Map.groupBy(people, ({ tenantId }) => tenantId);
    expect([...tenants.keys()].every((tenantId) => /^[a-z0-9-]{1,64}$/.test(tenantId))).toBe(true);
    expect([...tenants.values()].map((members) => members.map(({ role }) => role))).toEqual([
      ['patient', 'patient', 'clinician', 'admin', 'service'],
      ['patient', 'clinician', 'admin'],
    ]);
  });
});
