import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCommandLine, type Settings } from '../../../../local/s3/command-line.ts';

const script = join(import.meta.dirname, '../../../../local/s3/main.ts');
const secret = 'a-secret-that-nobody-may-read';
const variable = 'SEALDROP_S3_CREDENTIALS';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-local-s3-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const launch = (flags: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, [script, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });

const run = async (flags: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const child = launch(flags, environment);
  const exited = once(child, 'close');
  const [output, problem] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await exited;
  return { exitCode, output, problem };
};

it.each([
  ['no credentials', [], /Give --credentials ID:SECRET, or set SEALDROP_S3_CREDENTIALS\./],
  ['a credential without a secret', ['--credentials', `AKID:${secret},${secret}`], /Credential 2 is not ID:SECRET/],
  ['one key with two secrets', ['--credentials', `AKID:${secret},AKID:other`], /two secrets for AKID/],
  ['a credential in the wrong place', [`AKID:${secret}`], /an argument without an option/],
  ['an unknown flag', ['--prot', '1'], /Unknown option '--prot'/],
  ['a port that is none', ['--port', 'http'], /http is not a port/],
  ['a port of the control surface that is none', ['--control', '65536'], /65536 is not a port/],
  ['a region that is none', ['--region', 'moon'], /moon is not a region/],
  ['no folder', ['--data', ''], /Give --data a folder/],
])('says what is wrong with %s, and nothing that is secret', async (_, flags, sentence) => {
  const { exitCode, output, problem } = await run(flags, { [variable]: '' });
  expect(exitCode).toBe(2);
  expect(problem).toMatch(sentence);
  expect(problem).toContain('Usage: npm run local:s3');
  expect(problem).not.toContain('    at ');
  expect(output + problem).not.toContain(secret);
});

it('says how it is used', async () => {
  const { exitCode, output, problem } = await run(['--help']);
  expect({ exitCode, problem }).toEqual({ exitCode: 0, problem: '' });
  expect(output).toContain(variable);
});

it('serves until it is told to stop, says where, and keeps others off its folder', async () => {
  const data = join(directory, 'data');
  const flags = ['--port', '0', '--data', data, '--region', 'eu-central-1'];
  const child = launch(flags, { [variable]: `AKID:${secret}` });
  const exited = once(child, 'close');
  const problem = text(child.stderr);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const origin = /^S3 is ready at (http:\/\/127\.0\.0\.1:\d+), data in (.+); use it with AWS_ENDPOINT_URL=\1 /.exec(
    line,
  );
  expect(origin?.[2]).toBe(data);
  expect(line).not.toContain(secret);
  const credentials = { accessKeyId: 'AKID', secretAccessKey: secret };
  const endpoint = origin?.[1] ?? '';
  const client = new S3Client({ endpoint, region: 'eu-central-1', credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'made' }));
  expect((await client.send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: 'made' }]);
  client.destroy();

  const second = await run([...flags, '--credentials', `AKID:${secret}`]);
  expect(second.exitCode).toBe(1);
  expect(second.problem).toMatch(new RegExp(`^Another Sealdrop is using ${data}\\..*\\n$`));

  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(await problem).toBe('');
});

it('keeps its data out of the folder of the local cloud, which takes no other files', () => {
  const settings = readCommandLine(['--credentials', `AKID:${secret}`], {});
  const { dataDirectory } = settings as Settings;
  expect(relative(join(import.meta.dirname, '../../../../.sealdrop'), dataDirectory)).toBe('../.sealdrop-s3');
});
