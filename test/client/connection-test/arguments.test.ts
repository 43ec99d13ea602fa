import { describe, expect, it } from 'vitest';
import { usage } from '../../../client/connection-test/arguments.ts';
import { connectionTest } from '../../../client/connection-test/connection-test.ts';

const run = async (argv: string[], environment = {}) => {
  const said: string[] = [];
  const complained: string[] = [];
  const surroundings = {
    say: (line: string) => said.push(line),
    complain: (line: string) => complained.push(line),
    environment,
  };
  return { exitCode: await connectionTest(argv, surroundings), said, complained };
};

describe('the connection test, called', () => {
  it.each([
    [[], '--url'],
    [['--url', 'not a url', '--token', 't'], '--url'],
    [['--url', 'ftp://example.org', '--token', 't'], '--url'],
    [['--url', 'http://127.0.0.1:1'], 'SEALDROP_TOKEN'],
    [['--colour'], '--colour'],
  ])('with %j says how it is called', async (argv, hint) => {
    const { exitCode, complained } = await run(argv);
    expect(exitCode).toBe(2);
    expect(complained.join()).toContain(hint);
    expect(complained.join()).toContain(usage);
  });

  it('with --help shows how it is called', async () =>
    expect(await run(['--help'])).toEqual({ exitCode: 0, said: [usage], complained: [] }));

  it('where nothing answers says what to check, and skips the rest', async () => {
    const { exitCode, said, complained } = await run(['--url', 'http://127.0.0.1:1'], { SEALDROP_TOKEN: 't' });
    expect(exitCode).toBe(1);
    expect(complained).toEqual([expect.stringMatching(/^FAILED {2}reach the API .*cannot be reached/)]);
    expect(said.filter((line) => line.startsWith('skipped'))).toHaveLength(8);
  });
});
