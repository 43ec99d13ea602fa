import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it, vi } from 'vitest';
import { redrive } from '../../../bin/redrive/redrive.ts';
import { OperatorAccess, operatorFileName } from '../../../contract/operator.ts';
import type { Rights } from '../../../local/roles/rights.ts';
import { apiOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud } from '../../support/cloud.ts';
import { rightsOf, rightsWithout } from '../roles/support/rights.ts';

const clock = shiftedClock();
let change = (planned: Rights): Rights => planned;
const cloud = await startTestCloud({ clock, rights: (planned) => change(planned) });
const api = await apiOf(cloud, 'patient-north');
const database = new DatabaseSync(join(cloud.dataDirectory, 'queues.sqlite'), { timeout: 5000 });

afterAll(async () => {
  database.close();
  await cloud.close();
});

const countIn = (queue: string, text: string): number =>
  Number(
    database
      .prepare(`SELECT count(*) AS count FROM messages WHERE queue_arn LIKE ? AND instr(body, ?) > 0`)
      .get(`%:sealdrop-local-${queue}`, text)?.count,
  );

/** The event of a document as it lies among the dead letters. */
const deadLetterOf = (id: string): string =>
  `${database.prepare(`SELECT body FROM messages WHERE queue_arn LIKE '%-dead-letters' AND instr(body, ?) > 0`).get(id)?.body}`;

/** As if it had failed another five times. */
const sendToDeadLetters = (body: string): void => {
  const queue = cloud.template
    .all('AWS::SQS::Queue')
    .find(({ ref }) => ref.endsWith('sealdrop-local-uploads-dead-letters'));
  const now = clock.now().getTime();
  database
    .prepare('INSERT INTO messages (queue_arn, message_id, body, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)')
    .run(queue?.attribute('Arn') ?? '', randomUUID(), body, now, now);
};

/** The log of a function, by the beginning of its logical id. */
const logOf = (functionId: string): string =>
  `${cloud.template.all('AWS::Lambda::Function').find(({ logicalId }) => logicalId.startsWith(functionId))?.ref}.log`;
const [verifierLog, verdictLog] = [logOf('recordupload'), logOf('applyscanresult')];

const logged = (file: string, text: string): number => {
  const path = join(cloud.dataDirectory, 'logs', file);
  return existsSync(path) ? readFileSync(path, 'utf8').split(text).length - 1 : 0;
};

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 20_000, interval: 5 });

const runOn = async (dataDirectory: string, ...argv: string[]) => {
  const lines: string[] = [];
  const exitCode = await redrive(['--stage', 'local', '--data', dataDirectory, ...argv], {
    say: (line) => lines.push(line),
    complain: (line) => lines.push(`! ${line}`),
    wait: () => Promise.reject(new Error('A move of the local SQS is over at once.')),
  });
  return { exitCode, lines };
};

const run = (...argv: string[]) => runOn(cloud.dataDirectory, ...argv);

it('finds its way in a file that its owner alone may read', () => {
  const file = join(cloud.dataDirectory, operatorFileName);

  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(OperatorAccess.parse(JSON.parse(readFileSync(file, 'utf8')))).toMatchObject({ region: 'eu-central-1' });
});

it.each(['accessKeyId', 'secretAccessKey'] as const)('is closed to who has another %s', async (name) => {
  const access = OperatorAccess.parse(JSON.parse(readFileSync(join(cloud.dataDirectory, operatorFileName), 'utf8')));
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-stranger-'));
  writeFileSync(join(directory, operatorFileName), JSON.stringify({ ...access, [name]: `${access[name]}A` }));

  expect(await runOn(directory, '--queue', 'uploads')).toEqual({
    exitCode: 1,
    lines: [expect.stringContaining('! The credentials are not accepted: ')],
  });
  rmSync(directory, { recursive: true });
});

const visibilityMs = 180_000;

it('brings back what failed five times, once; and three times more changes nothing', async () => {
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200)]);
  const right = rightsOf(cloud.template).find(
    ({ roleName, action }) => roleName === 'sealdrop-local-record-upload' && action === 's3:GetObjectVersion',
  );
  if (right === undefined) throw new Error('The verifier has no such right.');
  change = (planned) => rightsWithout(planned, cloud.template, right);
  const instruction = await api.declare(content);
  const { id } = instruction.document;
  expect(await api.put(instruction, content)).toMatchObject({ status: 200 });

  // A verdict that is under way while the clock is moved would be received again and again too.
  await until(() => logged(verdictLog, 'SCAN_RESULT_APPLIED') === 1 && countIn('scan-results', id) === 0);
  for (let receives = 1; receives <= 5; receives += 1) {
    await until(() => logged(verifierLog, 'UPLOAD_NOT_RECORDED') === receives);
    expect([countIn('uploads', id), countIn('uploads-dead-letters', id)]).toEqual([1, 0]);
    clock.advance(visibilityMs + 1000);
    cloud.wake();
  }
  await until(() => countIn('uploads-dead-letters', id) === 1);
  expect(await api.get(id)).toMatchObject({ state: 'pending' });
  const body = deadLetterOf(id);

  expect(await run('--dry-run')).toEqual({
    exitCode: 0,
    lines: ['uploads: 1 dead letter', 'scan-results: 0 dead letters'],
  });
  expect(countIn('uploads-dead-letters', id)).toBe(1);

  change = (planned) => planned;
  expect(await run('--queue', 'uploads')).toEqual({
    exitCode: 0,
    lines: ['uploads: 1 dead letter', 'uploads: moved 1 dead letter back'],
  });
  const settled = await api.settle(id);
  expect(settled).toMatchObject({ state: 'available' });

  const truth = async () => [await api.get(id), (await api.call(`/v1/documents/${id}/history`)).text];
  const before = await truth();
  for (let time = 1; time <= 3; time += 1) {
    sendToDeadLetters(body);
    expect((await run()).lines).toContain('uploads: moved 1 dead letter back');
    await until(() => logged(verifierLog, '"outcome":"already-recorded"') === time);
  }
  expect(await truth()).toEqual(before);
}, 60_000);
