import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { explain } from '../../listener.ts';
import { readBody } from '../../read-body.ts';
import { Command } from './commands.ts';
import type { Faults } from './faults.ts';

const bodySizeBytesMax = 64 * 1024;

export interface ControlSurface {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

const problem = (status: number, error: string): Reply => ({ status, body: { error } });

/**
 * The control surface for tests that run in another process: faults are armed by POST, listed by GET, taken back by
 * DELETE. It listens on 127.0.0.1 only. A web page must not reach it either: requests under any other name than the
 * loopback's are refused (DNS rebinding), and so is whatever has an `Origin`; no answer allows CORS.
 */
export async function startControl(
  port: number,
  faults: Faults,
  runLifecycle: () => Promise<void>,
): Promise<ControlSurface> {
  const server = createServer((incoming, response) => {
    answer(incoming, faults, runLifecycle)
      .catch((error: unknown) => problem(500, String(error)))
      .then((reply) => send(response, reply));
  });
  const listeningOn = await listen(server, port).catch((cause: unknown) => {
    throw explain(port, cause, ', where the control surface would be,');
  });
  return {
    origin: `http://127.0.0.1:${listeningOn}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function answer(incoming: IncomingMessage, faults: Faults, runLifecycle: () => Promise<void>): Promise<Reply> {
  const { method = '', url = '', headers } = incoming;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) {
    return problem(403, `The control surface answers under 127.0.0.1 and localhost only, not ${headers.host ?? ''}.`);
  }
  if (headers.origin !== undefined) return problem(403, 'The control surface is not for web pages.');
  const [, path = '', id] = /^(\/_control\/(?:faults|lifecycle))(?:\/(\d+))?$/.exec(url) ?? [];
  if (path === '/_control/lifecycle' && id === undefined && method === 'POST') {
    await runLifecycle();
    return { status: 204 };
  }
  if (path === '/_control/faults') {
    if (method === 'GET' && id === undefined) return { status: 200, body: { faults: faults.list() } };
    if (method === 'POST' && id === undefined) return arm(incoming, faults);
    if (method === 'DELETE') return clear(faults, id);
  }
  const known = 'GET, POST and DELETE /_control/faults, DELETE /_control/faults/ID, POST /_control/lifecycle';
  return problem(404, `The control surface does not know ${method} ${url}. It knows ${known}.`);
}

async function arm(incoming: IncomingMessage, faults: Faults): Promise<Reply> {
  if (incoming.headers['content-type']?.split(';')[0] !== 'application/json') {
    return problem(415, 'Send a command as application/json.');
  }
  const body = await readBody(incoming, bodySizeBytesMax);
  if (body === undefined) return problem(413, `A command has at most ${bodySizeBytesMax} bytes.`);
  const command = Command.safeParse(parseJson(body.toString()), { error: z.locales.en().localeError });
  if (command.success) return { status: 201, body: faults.arm(command.data) };
  const issues = command.error.issues.map(({ path, message }) => `${path.join('.') || 'command'}: ${message}`);
  return problem(400, issues.join('; '));
}

/** Undefined, which is no command, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function clear(faults: Faults, id: string | undefined): Reply {
  const isCleared = faults.clear(id === undefined ? undefined : Number(id));
  return isCleared || id === undefined ? { status: 204 } : problem(404, `No fault ${id} is armed.`);
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : `${JSON.stringify(body)}\n`);
}
