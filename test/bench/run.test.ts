import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../bench/run.ts'), ...args], { encoding: 'utf8' });

describe('npm run bench', () => {
  it.each([
    [[], 'Which bench?'],
    [['nothing'], "There is no bench 'nothing'."],
    [['toString'], "There is no bench 'toString'."],
    [['sign', 'cold-start'], 'One bench at a time.'],
    [['upload', '--only', 'nothing'], "The bench 'upload' has no part 'nothing'."],
    [['sign', '--only', 'fast-link'], "The bench 'sign' has no part 'fast-link'."],
    [['sign', '--jsn'], "Unknown option '--jsn'"],
  ])('with %j lists the benches and ends with 2', (args, mistake) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(mistake);
    expect(stderr).toMatch(/^ {2}sign .*\n {2}cold-start /m);
  });
});
