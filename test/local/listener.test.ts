import { type IncomingMessage, request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listener, listen } from '../../local/listener.ts';

let listener: Listener | undefined;

afterEach(async () => listener?.close());

describe('the listener', () => {
  it('asks for patience until there is something to serve', async () => {
    listener = await listen(0);
    const early = await fetch(listener.origin);
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2']);

    listener.serve(async (_, response) => {
      response.end('served');
    });
    expect(await (await fetch(listener.origin)).text()).toBe('served');
  });

  describe('for another host', () => {
    const visit = async (host: string, { method = 'GET', path = '/', accept = 'text/html,*/*;q=0.8' } = {}) => {
      listener = await listen(0);
      const { port } = listener;
      const headers = { Host: host.replace('PORT', String(port)), Accept: accept };
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      request({ host: '127.0.0.1', port, method, path, headers }, resolve).once('error', reject).end();
      const response = await promise;
      response.resume();
      return { status: response.statusCode, location: response.headers.location, origin: listener.origin };
    };

    it.each(['/', '/documents?state=pending', '//evil.example/', '/@evil.example'])(
      'sends a browser at localhost to the same path %s here',
      async (path) => {
        const { status, location, origin } = await visit('localhost:PORT', { path });
        expect([status, location]).toEqual([302, `${origin}${path}`]);
        expect(new URL(location ?? '').origin).toBe(origin);
      },
    );

    it.each([
      ['evil.example:PORT', {}],
      ['evil.localhost:PORT', {}],
      ['localhost.evil.example:PORT', {}],
      ['localhost', {}],
      ['localhost:1', {}],
      ['localhost:PORT', { method: 'POST' }],
      ['localhost:PORT', { accept: 'application/json' }],
      ['localhost:PORT', { path: 'http://evil.example/' }],
    ])('refuses %s with %o', async (host, visitor) => {
      expect(await visit(host, visitor)).toMatchObject({ status: 421, location: undefined });
    });
  });

  it('says of a port in use what to do', async () => {
    listener = await listen(0);
    await expect(listen(listener.port)).rejects.toThrow(
      `Port ${listener.port} is in use. Stop what runs there, or choose another port with --port.`,
    );
  });
});
