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

  it('says of a port in use what to do', async () => {
    listener = await listen(0);
    await expect(listen(listener.port)).rejects.toThrow(
      `Port ${listener.port} is in use. Stop what runs there, or choose another port with --port.`,
    );
  });
});
