import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Problem } from '../../contract/problems.ts';
import { type Api, apiOf } from '../support/api.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { drawBy } from './support/random.ts';
import { canary } from './support/requests.ts';
import { drawWireRequest, type WireRequest } from './support/targets.ts';

/** `WIRE_SEED` begins elsewhere, `WIRE_ONLY` sends the one request of that number. */
const seed = Number(process.env.WIRE_SEED ?? 20_261_127);
const only = process.env.WIRE_ONLY === undefined ? undefined : Number(process.env.WIRE_ONLY);
const count = 1500;

let cloud: TestCloud;
let patient: Api;
beforeAll(async () => {
  cloud = await startTestCloud();
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

/** With node:http, which sends a path as it is given. */
const send = ({ method, path, token, body }: WireRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const sent = request(cloud.origin, { method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'],
          text: `${JSON.stringify(response.headers)}\n\n${Buffer.concat(chunks)}`,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

const isProblem = (text: string): boolean => {
  const body = text.slice(text.indexOf('\n\n') + 2);
  return body === '' || z.safeParse(z.strictObject(Problem.shape), JSON.parse(body)).success;
};

/** Files that describe the API speak of ids, urls and times, and have none. */
const isFile = ({ path }: WireRequest): boolean => !path.startsWith('/v1/');

const faultsOf = (sent: WireRequest, { status, type, text }: Answer): string[] => [
  ...(status >= 500 ? ['is trouble of ours'] : []),
  ...(status >= 400 &&
  sent.path.startsWith('/v1/') &&
  !(type?.startsWith('application/problem+json') && isProblem(text))
    ? ['is no problem']
    : []),
  ...(text.includes(canary) ? ['tells the token'] : []),
  ...(!(isFile(sent) && status === 200) && /node_modules|\bat .*:\d+:\d+|x-evil/i.test(text)
    ? ['tells of the inside']
    : []),
  ...(status < 300 && !isFile(sent) && sent.token !== patient.token && /"(id|documents|url)":/.test(text)
    ? ['opens to a forged token']
    : []),
];

describe('the gateway, whatever is on the wire', () => {
  it(`answers ${count} requests with what was asked for or a problem, and nothing to tokens that nobody gave out`, async () => {
    const { id } = await patient.upload(Buffer.from('%PDF-1.7\n'));
    const failures: string[] = [];
    const statuses = new Set<number>();
    const numbers = only === undefined ? Array.from({ length: count }, (_, index) => index) : [only];
    for (const number of numbers) {
      const sent = drawWireRequest(patient.token, id, drawBy(seed + number));
      const answer = await send(sent);
      statuses.add(answer.status);
      const faults = faultsOf(sent, answer);
      const { token: _token, ...shown } = sent;
      if (faults.length > 0)
        failures.push(
          `${answer.status} ${faults.join(', ')}. Replay with WIRE_SEED=${seed} WIRE_ONLY=${number}: ${JSON.stringify(shown)} → ${answer.text.slice(0, 600)}`,
        );
    }
    expect(failures.slice(0, 5)).toEqual([]);
    if (only === undefined) for (const status of [200, 401, 404, 422]) expect(statuses).toContain(status);
  }, 300_000);
});
