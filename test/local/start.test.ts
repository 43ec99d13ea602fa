import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'local', 'start.ts');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-start-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const start = async (...flags: string[]) => {
  const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
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
  ])('says what is wrong with %s, and how it is used', async (_, flags, sentence) => {
    const { exitCode, problem } = await start(...flags);
    expect(exitCode).toBe(2);
    expect(problem).toMatch(sentence);
    expect(problem).toContain('Usage: npm start');
    expect(problem).not.toContain('    at ');
  });

  it('says that a port is in use, in one sentence', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { exitCode, problem } = await start('--port', String(port), '--data', join(directory, 'data'));
    occupant.close();

    expect(exitCode).toBe(1);
    expect(problem).toBe(`Port ${port} is in use. Stop what runs there, or choose another port with --port.\n`);
  });

  it('says that a folder is not its own, in one sentence', async () => {
    mkdirSync(join(directory, 'photos'));
    writeFileSync(join(directory, 'photos', 'a.jpg'), '');
    const { exitCode, problem } = await start('--port', '0', '--fresh', '--data', join(directory, 'photos'));

    expect(exitCode).toBe(1);
    expect(problem).toMatch(/^.*photos holds other files, so it is not used for data\. Give .* with --data\.\n$/);
  });
});
