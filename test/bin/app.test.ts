import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const bin = join(root, 'node_modules/.bin');

/** No credentials, no profile, no metadata service, and a proxy that is not there: no network. */
const bareEnvironment = (home: string): Record<string, string> => ({
  PATH: `${bin}:/usr/bin:/bin`,
  HOME: home,
  AWS_CONFIG_FILE: join(home, 'none'),
  AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
  AWS_EC2_METADATA_DISABLED: 'true',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  HTTP_PROXY: 'http://127.0.0.1:1',
});

describe('npx cdk synth --strict', () => {
  const output = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  let run: ReturnType<typeof synth>;

  const synth = () =>
    spawnSync(join(bin, 'cdk'), ['synth', '--strict', '--output', output], {
      cwd: root,
      env: bareEnvironment(mkdtempSync(join(tmpdir(), 'home-'))),
      encoding: 'utf8',
      timeout: 240_000,
    });

  beforeAll(() => {
    run = synth();
  }, 240_000);

  it('succeeds without credentials and without a network', () => {
    expect(run.status, run.stderr).toBe(0);
  });

  it('has nothing to warn of, nor has the validation of the templates', () => {
    const report = JSON.parse(readFileSync(join(output, 'validation-report.json'), 'utf8'));

    expect(`${run.stdout}${run.stderr}`).not.toMatch(/warning|error|deprecated/i);
    expect(report.pluginReports).toEqual([]);
  });

  it('writes one assembly for each environment', () => {
    const assemblies = readdirSync(output).filter((name) => name.startsWith('assembly-'));

    expect(assemblies.sort()).toEqual(['assembly-dev', 'assembly-prod', 'assembly-staging']);
  });
});
