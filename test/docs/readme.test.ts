import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../contract/routes.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, block = '']) => block);

const tools = ['bash', 'curl', 'cmp'];
const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);

describe('the README', () => {
  it('shows the example of the client that is compiled', () => {
    expect(blocks('ts')).toEqual([readFileSync(join(root, 'docs/examples/upload.ts'), 'utf8')]);
  });

  it('links to nothing that is not there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has every route in its table, with what the token must allow', () => {
    const rows = [...readme.matchAll(/^\| (`[A-Z]+ \/.*?) \| (.+?) \|/gm)].flatMap(([, calls = '', scopes = '']) =>
      calls.split(', ').map((call) => `${call} ${scopes}`),
    );
    const expected = Object.values(routes).map(({ method, path, scopes }) => {
      const needed = scopes.map((scope) => `\`${scope}\``).join(', ');
      return `\`${method} ${path}\` ${needed === '' ? 'none' : needed}`;
    });
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => name === undefined || !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe.skipIf(missing.length > 0)(`the README’s session (skipped without ${tools.join(', ')})`, () => {
  let cloud: TestCloud;
  const directory = mkdtempSync(join(tmpdir(), 'readme-'));
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(async () => {
    await cloud.close();
    rmSync(directory, { recursive: true });
  });

  it('uploads and downloads the same bytes, as it stands there', async () => {
    const session = blocks('sh').find((block) => block.includes('curl'));
    const { port } = new URL(cloud.origin);
    const script = session
      ?.replace('API=http://127.0.0.1:8080', `API=${cloud.origin}`)
      .replace('npm run -s token --', `npm --prefix '${root}' run -s token -- --port ${port}`);
    const { stdout } = await promisify(execFile)('bash', ['-euc', script ?? 'false'], { cwd: directory });
    expect(stdout).toContain('The same bytes.');
  });
});
