import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { fetchToken } from '../../local/token.ts';
import { startIdentity, temporaryDirectory } from './identity/fixtures.ts';

const serve = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: String((server.address() as AddressInfo).port),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

describe('the token command', () => {
  it('prints the bearer token of a person and nothing else', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const { port } = new URL(running.origin);
    const command = ['local/token.ts', '--as', 'clinician-south', '--port', port];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(stderr).toBe('');
    expect(decodeJwt(stdout.trim())).toMatchObject({ iss: running.issuer, tenant_id: 'south-clinic' });
  });

  it('says on stderr what went wrong and exits with 2 for misuse', async () => {
    const run = promisify(execFile)(process.execPath, ['local/token.ts']);
    await expect(run).rejects.toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: npm run') });
  });

  it.each([
    [[], 'Say who the token is for.'],
    [['--as', 'nobody'], 'There is no nobody.'],
    [['--as'], '--as'],
    [['--as', 'patient-north', '--port', '0'], '0 is not a port'],
    [['--as', 'patient-north', '--port', '80a'], '80a is not a port'],
    [['--as', 'patient-north', '--port', '65536'], '65536 is not a port'],
    [['--who', 'patient-north'], '--who'],
    [['patient-north'], 'Options of Sealdrop come after --: npm run -s token -- --as'],
  ])('%j is misuse, answered with the names there are', async (argv, sentence) => {
    const result = await fetchToken(argv);
    expect(result).toMatchObject({ exitCode: 2, problem: expect.stringContaining(sentence) });
    expect(result).toMatchObject({ problem: expect.stringContaining('patient-north, clinician-north, admin-north') });
  });

  it.each([[['--help']], [['-h']], [['--port', 'x', '-h']]])('%j says how it is used', async (argv) => {
    const output = expect.stringMatching(/^Usage: npm run .*--as NAME .*patient-north.*--port N .*\(default 8080\)/s);
    expect(await fetchToken(argv)).toEqual({ exitCode: 0, output });
  });

  it('says where nothing is running', async () => {
    const { port } = await (async () => {
      await using server = await serve((_, response) => response.end());
      return server;
    })();
    const result = await fetchToken(['--as', 'patient-north', '--port', port]);
    expect(result).toMatchObject({
      exitCode: 1,
      problem: expect.stringMatching(/No Sealdrop is running at .* npm start/),
    });
  });

  it.each<[string, RequestListener]>([
    ['a page', (_, response) => response.end('<!doctype html>')],
    ['another JSON', (_, response) => response.end('{"access_token":1}')],
    ['a refusal', (_, response) => response.writeHead(400).end('{"access_token":"a.b.c"}')],
    ['a redirect', (_, response) => response.writeHead(302, { location: '/login' }).end()],
    ['no HTTP', (request) => request.socket.end('SSH-2.0-server\r\n')],
  ])('says that it is not a Sealdrop where it answers %s', async (_, listener) => {
    await using server = await serve(listener);
    const result = await fetchToken(['--as', 'patient-north', '--port', server.port]);
    expect(result).toMatchObject({ exitCode: 1, problem: expect.stringContaining('does not answer like a Sealdrop') });
  });
});
