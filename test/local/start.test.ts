import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../local/data-folder.ts';
import { choosePort } from '../support/ports.ts';

const script = join(import.meta.dirname, '..', '..', 'local', 'start.ts');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-start-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const start = async (...flags: string[]) => {
  const child = spawn(process.execPath, [script, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // One that hangs may not listen to anything milder.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  const exited = once(child, 'close');
  const [output, problem] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await exited;
  return { exitCode, output, problem };
};

describe('npm start', () => {
  it.each([
    ['an unknown flag', ['--prot', '8080'], /Unknown option '--prot'/],
    ['a port that is none', ['--port', 'http'], /http is not a port \(0 to 65534\)/],
    ['a port that leaves none for S3', ['--port', '65535'], /65535 is not a port/],
    ['no folder', ['--data', ''], /Give --data a folder/],
    ['a profile there is none of', ['--profile', 'vet'], /There is no profile vet\. Give --profile one of: default, /],
    [
      'an example there is none of',
      ['--example', 'uppy-3'],
      /There is no example uppy-3\. Give --example one of: uppy-4, /,
    ],
  ])('says what is wrong with %s, and how it is used', async (_, flags, sentence) => {
    const { exitCode, problem } = await start(...flags);
    expect(exitCode).toBe(2);
    expect(problem).toMatch(sentence);
    expect(problem).toContain('Usage: npm start');
    expect(problem).not.toContain('    at ');
    expect(problem).not.toContain('come after --');
  });

  it('says where options go when npm kept the name of one to itself', async () => {
    const { exitCode, problem } = await start('28090');
    expect(exitCode).toBe(2);
    expect(problem).toContain("Unexpected argument '28090'");
    expect(problem).toContain('\nOptions of Sealdrop come after --: npm start -- --port 28090\n');
  });

  it.each([['--help'], ['-h']])('says with %s how it is used, and does nothing else', async (flag) => {
    const data = join(directory, 'data');
    const { exitCode, output, problem } = await start('--data', data, flag);
    expect([exitCode, problem]).toEqual([0, '']);
    expect(output).toMatch(/^Usage: npm start -- .*--port N.*\(default 8080\).*--data DIR.*\(default \.sealdrop\)/s);
    expect(existsSync(data)).toBe(false);
  });

  const occupy = async (port: number) => {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const { port: taken } = server.address() as AddressInfo;
    return { port: taken, [Symbol.asyncDispose]: async () => void (await once(server.close(), 'close')) };
  };

  it('says that a port is in use, in one sentence, and claims no folder', async () => {
    await using occupant = await occupy(0);
    const { port } = occupant;
    const data = join(directory, 'data');
    const { exitCode, problem } = await start('--port', String(port), '--data', data);

    expect(exitCode).toBe(1);
    expect(problem).toBe(`Port ${port} is in use. Stop what runs there, or choose another port with --port.\n`);
    expect(existsSync(data)).toBe(false);
  });

  it('says that the port of S3 is in use, in one sentence, and leaves a folder as it is', async () => {
    const port = await choosePort();
    await using s3 = await occupy(port + 1);
    const { exitCode, problem } = await start('--port', String(port), '--data', directory);

    expect(exitCode).toBe(1);
    expect(problem).toMatch(new RegExp(`^Port ${s3.port}, where S3 would be, is in use\\. .* with --port\\.\n$`));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('starts whatever the shell says of AWS, ends its good news with where it is, and stops when told to', async () => {
    const hostile = {
      AWS_PROFILE: 'no-such-profile',
      AWS_REGION: 'mars-north-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_CONFIG_FILE: join(directory, 'no-such-file'),
    };
    const flags = ['--port', '0', '--data', join(directory, 'data')];
    const child = spawn(process.execPath, [script, ...flags], {
      env: { ...process.env, ...hostile },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'close');
    const problem = text(child.stderr);
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (!line.startsWith('Sealdrop is ready')) continue;
      const [origin = ''] = /http:\/\/127\.0\.0\.1:\d+$/.exec(line) ?? [];
      const page = await fetch(origin);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Sealdrop</title>')]);
      child.kill('SIGTERM');
    }

    expect([await exited, await problem]).toEqual([[0, null], '']);
    expect(lines.at(-1)).toMatch(/^Sealdrop is ready at http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines).toContainEqual(expect.stringContaining('patient-north'));
    const people = lines.filter((line) => line.endsWith(' Clinic'));
    expect(new Set(people.map((line) => /^ {2}\S+ +/.exec(line)?.[0].length)).size).toBe(1);
    for (const inert of [
      'AWS::CloudTrail::Trail',
      'AWS::S3::Bucket BucketEncryption',
      'AWS::DynamoDB::Table PointInTime',
    ]) {
      expect(lines).toContainEqual(expect.stringContaining(inert));
    }
    openDataFolder(join(directory, 'data')).release();
  }, 120_000);

  it('serves an example in place of the page', async () => {
    const flags = ['--port', '0', '--data', join(directory, 'data'), '--example', 'uppy-5'];
    const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'close');
    for await (const line of createInterface(child.stdout)) {
      const [origin] = /http:\/\/127\.0\.0\.1:\d+$/.exec(line.startsWith('Sealdrop is ready') ? line : '') ?? [];
      if (origin === undefined) continue;
      expect(await (await fetch(origin)).text()).toContain('<title>Sealdrop with Uppy 5</title>');
      child.kill('SIGTERM');
    }
    expect(await exited).toEqual([0, null]);
  }, 120_000);

  it('stops when told to while it is starting', async () => {
    const child = spawn(process.execPath, [script, '--port', '0', '--data', join(directory, 'data')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'close');
    const problem = text(child.stderr);
    await once(child.stdout, 'data');
    child.kill('SIGINT');

    expect([await exited, await problem]).toEqual([[0, null], '']);
    openDataFolder(join(directory, 'data')).release();
  });

  it.each(['/proc/sealdrop', '/proc/sealdrop/data'])(
    'says that %s cannot be made',
    async (data) => {
      const { exitCode, problem } = await start('--port', '0', '--data', data);

      expect(exitCode).toBe(1);
      expect(problem).toMatch(/^The data folder \/proc\/.* cannot be used \(E[A-Z]+\)\. Check .* with --data\.\n$/);
    },
    60_000,
  );

  it('says that a folder is not its own, in one sentence', async () => {
    mkdirSync(join(directory, 'photos'));
    writeFileSync(join(directory, 'photos', 'a.jpg'), '');
    const { exitCode, problem } = await start('--port', '0', '--fresh', '--data', join(directory, 'photos'));

    expect(exitCode).toBe(1);
    expect(problem).toMatch(/^.*photos holds other files, so it is not used for data\. Give .* with --data\.\n$/);
  });
});
