import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../bin/redrive/arguments.ts';
import { functions } from '../../contract/functions.ts';
import { environments } from '../../lib/environments.ts';
import { resourcesOf, synthesize } from '../lib/support/synthesize.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const runbook = read('docs/runbook.md');

/** What stands below each heading. */
const pages = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((page) => [page.slice(0, page.indexOf('\n')), page] as const),
);
const commands = [...runbook.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.trim().split('\n'));

const [stage] = synthesize(environments.slice(0, 1));
const alarms = stage ? resourcesOf(stage.service, 'AWS::CloudWatch::Alarm') : [];
const alarmNames = alarms.map(({ Properties }) => `${Properties.AlarmName}`.replace('sealdrop-dev-', ''));

describe('the runbook', () => {
  it('has a page for every alarm, in their order, and none for others', () => {
    expect([...pages.keys()].filter((heading) => !heading.includes(' '))).toEqual(alarmNames);
  });

  it.each(alarmNames)('says of %s what it means, what to look at, what to do, and when it is over', (name) => {
    const parts = [...(pages.get(name) ?? '').matchAll(/^\*\*(.+?)\*\*/gm)].map(([, part]) => part);

    expect(parts).toEqual(['Means.', 'Look at.', 'Do.', 'Over when']);
  });

  it('calls the redrive as it wants to be called, by scripts that there are', () => {
    const redrives = commands.filter((command) => command.startsWith('npm '));

    expect(redrives.length).toBeGreaterThan(4);
    expect(Object.keys(JSON.parse(read('package.json')).scripts)).toContain('redrive');
    for (const command of redrives) {
      const [npm, run, silent, script, separator, ...argv] = command.split(' ');
      expect([npm, run, silent, script, separator]).toEqual(['npm', 'run', '-s', 'redrive', '--']);
      expect(readArguments(argv), command).toMatchObject({ queues: expect.any(Array) });
    }
  });

  it('calls AWS by names that this application gives', () => {
    const calls = commands.filter((command) => !command.startsWith('npm '));

    expect(calls).toHaveLength(1);
    const { values } = parseArgs({
      args: (calls[0] ?? '').split(' ').slice(3),
      options: { 'alarm-name-prefix': { type: 'string' }, 'state-value': { type: 'string' } },
    });
    expect(environments.map(({ name }) => `sealdrop-${name}-`)).toContain(values['alarm-name-prefix']);
  });

  it('names codes that functions log, and functions that there are', () => {
    const log = read('lambdas/runtime/log.ts');
    const codes = [...runbook.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code);
    const named = [...runbook.matchAll(/(?:function|log of) `([a-z-]+)`/g)].map(([, name = '']) => name);

    expect(codes.length).toBeGreaterThan(4);
    expect(codes.filter((code) => code !== 'AWS_PROFILE' && !log.includes(`  ${code}: '`))).toEqual([]);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !Object.hasOwn(functions, name))).toEqual([]);
  });
});
