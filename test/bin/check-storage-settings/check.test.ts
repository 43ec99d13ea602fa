import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStorageSettings, usage } from '../../../bin/check-storage-settings/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'sealdrop-secret-'));
const file = join(folder, 'secret.json');
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...argv: string[]) => {
  const said: string[] = [];
  const complained: string[] = [];
  const exitCode = checkStorageSettings(argv, {
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { exitCode, said, complained };
};
const check = (secret: object) => {
  writeFileSync(file, JSON.stringify(secret));
  return run('--stage', 'dev', '--file', file);
};
const right = { bucket_name: 'sealdrop-dev-documents-111122223333-eu-central-1', region: 'eu-central-1' };

describe('the check of a secret with storage settings', () => {
  it('finds nothing wrong with what agrees with the environment', () => {
    expect(check(right)).toEqual({
      exitCode: 0,
      said: ['These settings can be used. They set no retention.'],
      complained: [],
    });
    expect(check({ ...right, retention_days: '365' }).said[0]).toContain('365 days');
  });

  it('says everything that is wrong, a line for each, and nothing of what the secret says', () => {
    const { exitCode, said, complained } = check({ bucket_name: 'mine', region: 'here', aws_access_key_id: 'AKIA' });
    expect([exitCode, said]).toEqual([1, []]);
    expect(complained.map((line) => line.split(':')[0])).toEqual(['bucket_name', 'region', 'aws_access_key_id']);
    expect(complained[0]).toContain(right.bucket_name);
    expect(complained.join()).not.toMatch(/mine|here,|AKIA/);
  });

  it.each([
    [[], '--stage is one of dev, staging, prod'],
    [['--stage', 'nowhere', '--file', file], '--stage is one of'],
    [['--stage', 'dev'], '--file is missing'],
    [['--stage', 'dev', '--file', join(folder, 'missing')], 'cannot be read (ENOENT). Check the path'],
    [['--colour'], '--colour'],
  ])('called with %j says how it is called', (argv, hint) => {
    const { exitCode, complained } = run(...argv);
    expect(exitCode).toBe(2);
    expect(complained.join()).toContain(hint);
    expect(complained.join()).toContain(usage);
  });

  it('shows how it is called to who asks', () => expect(run('--help')).toMatchObject({ exitCode: 0, said: [usage] }));
});
