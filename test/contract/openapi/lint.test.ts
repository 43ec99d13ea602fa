import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

it('docs/openapi.json has nothing that the linter minds, not even a warning', () => {
  const linter = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [linter, 'lint', '--format=stylish', '--config=redocly.yaml', 'docs/openapi.json'],
    {
      cwd: root,
      encoding: 'utf8',
      // It asks nobody for news and tells nobody what it saw.
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );

  expect(`${stdout}${stderr}`).toContain('Your API description is valid');
  expect(status).toBe(0);
});
