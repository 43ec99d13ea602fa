import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { run } from './support/run.ts';

const sqs = mockClient(SQSClient);

const fails = (name: string, more: object = {}) =>
  sqs.on(GetQueueUrlCommand).rejects(Object.assign(new Error('AWS says why.'), { name, ...more }));

beforeEach(() => void sqs.reset());

describe('the command redrive', () => {
  it.each([
    [[], 'Say whose dead letters: --stage is missing.'],
    [['--stage', 'production'], 'There is no stage production.'],
    [['--stage', 'dev', '--queue', 'downloads'], 'There is no queue downloads.'],
    [['--stage', 'dev', '--force'], "Unknown option '--force'"],
    [['dev'], 'Options come after --: npm run -s redrive -- --stage dev'],
  ])('called as %j says what is wrong, and how it is called', async (argv, sentence) => {
    const { exitCode, said, complaints } = await run(...argv);

    expect([exitCode, said]).toEqual([2, []]);
    expect(complaints.join('\n')).toContain(sentence);
    expect(complaints.join('\n')).toContain('one of dev, staging, prod, local');
    expect(sqs.calls()).toEqual([]);
  });

  it.each([
    [
      'CredentialsProviderError',
      {},
      'There are no AWS credentials. Sign in to account 111122223333, region eu-central-1',
    ],
    ['ExpiredToken', {}, 'The credentials are not accepted: AWS says why.'],
    ['AccessDenied', {}, 'You lack a right in account 111122223333, region eu-central-1: AWS says why.'],
    ['QueueDoesNotExist', {}, 'There is no queue sealdrop-dev-uploads-dead-letters in account 111122223333'],
    ['Error', { code: 'ENOTFOUND' }, 'cannot be reached (ENOTFOUND)'],
  ])('explains %s', async (name, more, sentence) => {
    fails(name, more);

    const { exitCode, complaints } = await run('--stage', 'dev', '--queue', 'uploads');

    expect(exitCode).toBe(1);
    expect(complaints.join()).toContain(sentence);
  });

  it('hides no bug behind a sentence', async () => {
    fails('TypeError');

    await expect(run('--stage', 'dev')).rejects.toThrow('AWS says why.');
  });
});

describe('the command redrive for the local cloud', () => {
  it('says where nothing runs', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sealdrop-data-'));

    const { exitCode, complaints } = await run('--stage', 'local', '--data', directory);

    expect([exitCode, complaints]).toEqual([
      1,
      [`No Sealdrop is running on ${directory}. Start it with npm start, or give its data folder with --data.`],
    ]);
    rmSync(directory, { recursive: true });
  });

  it('says so too of a file that someone left behind who was killed', async () => {
    sqs.restore();
    const directory = mkdtempSync(join(tmpdir(), 'sealdrop-data-'));
    const access = { sqsOrigin: 'http://127.0.0.1:1', account: '111122223333', region: 'eu-central-1' };
    writeFileSync(
      join(directory, 'operator.json'),
      JSON.stringify({ ...access, accessKeyId: 'a', secretAccessKey: 's' }),
    );

    const { exitCode, complaints } = await run('--stage', 'local', '--data', directory, '--queue', 'uploads');

    expect(exitCode).toBe(1);
    expect(complaints.join()).toContain('cannot be reached (ECONNREFUSED)');
    rmSync(directory, { recursive: true });
  });
});
