import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { apiOf } from '../support/api.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud({ control: { port: 0 } });
}, 120_000);

afterAll(async () => cloud.close());

/** Takes the table of the messages away, as a full disk takes the means to write them. */
const rename = (from: string, to: string) => {
  const database = new DatabaseSync(join(cloud.dataDirectory, 'queues.sqlite'));
  database.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
  database.close();
};

describe('a queue that cannot be written', () => {
  it('is told of in the log, without the keys of documents, and holds nothing up for ever', async () => {
    const patient = await apiOf(cloud, 'patient-north');
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(100)]);
    const instruction = await patient.declare(content);
    rename('messages', 'gone');
    await patient.put(instruction, content);
    const log = await vi.waitFor(() => readFileSync(join(cloud.dataDirectory, 'logs', 'local-cloud.log'), 'utf8'));
    expect(await patient.get(instruction.document.id)).toMatchObject({ state: 'pending' });
    rename('gone', 'messages');

    expect(await patient.settle(instruction.document.id)).toMatchObject({ state: 'available' });
    expect(log).toMatch(
      /An event of S3 could not be put into arn:aws:sqs:\S+; it is tried again: Error: no such table/,
    );
    expect(log).not.toContain(instruction.document.id);
  }, 30_000);
});

describe('events of S3', () => {
  const arm = async (command: object) => {
    const url = `${cloud.s3ControlOrigin}/_control/faults`;
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(command) })).status).toBe(201);
  };

  it('that come late and twice are recorded once', async () => {
    await arm({ kind: 'duplicate-events' });
    await arm({ kind: 'delay-events', delayMs: 300 });
    const patient = await apiOf(cloud, 'patient-north');
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(100)]);
    const document = await patient.upload(content);
    expect(document).toMatchObject({ state: 'available' });
    expect(Buffer.from(await patient.download(document.id)).equals(content)).toBe(true);
  }, 30_000);
});
