import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartProblem } from '../../../local/problem.ts';
import { type Commits, openCommits } from '../../../local/s3/store/commits.ts';
import { openDatabase } from '../../../local/s3/store/database.ts';
import { shareSync } from '../../../local/s3/store/shared-sync.ts';
import { beforeEverySync } from './support/syncs.ts';

let directory: string;
let database: DatabaseSync;
let commits: Commits;
const add = (body: string) => () => void database.prepare(`insert into outbox values (null, 'q', ?)`).run(body);
const bodies = () =>
  database
    .prepare('select body from outbox order by id')
    .all()
    .map(({ body }) => body);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealdrop-commits-'));
  database = openDatabase(directory);
  commits = await openCommits(database, directory);
});
afterEach(async () => {
  if (database.isOpen) {
    await commits.close();
    database.close();
  }
  await rm(directory, { recursive: true });
});

describe('commits', () => {
  it('are over when they resolve, whoever shared them', async () => {
    const first = commits.commit(add('1'));
    const second = commits.commit(add('2'));
    expect(database.isTransaction).toBe(true);
    await Promise.all([first, second]);
    expect(database.isTransaction).toBe(false);
    expect(bodies()).toEqual(['1', '2']);
  });

  it('are over no sooner than the log of SQLite is on the disk', async () => {
    const held = Promise.withResolvers<void>();
    using sync = beforeEverySync('datasync', () => held.promise);
    let isOver = false;
    const committed = commits.commit(add('1')).then(() => {
      isOver = true;
    });
    await vi.waitFor(() => expect(sync).toHaveBeenCalledOnce());
    expect({ isOver, isTransaction: database.isTransaction }).toEqual({ isOver: false, isTransaction: false });
    held.resolve();
    await committed;
  });

  it('take back what fails, and nothing else', async () => {
    const failing = commits.commit(() => {
      add('half')();
      throw new Error('no');
    });
    const fine = commits.commit(add('fine'));
    await expect(failing).rejects.toThrow('no');
    await fine;
    expect(bodies()).toEqual(['fine']);
  });

  it('tell everybody where SQLite took all of it back, and go on afterwards', async () => {
    const early = commits.commit(add('early'));
    const full = commits.commit(() => {
      database.exec('rollback');
      throw new Error('The disk is full.');
    });
    const late = commits.commit(add('late'));
    const outcomes = await Promise.allSettled([early, full, late]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await commits.commit(add('next'));
    expect(bodies()).toEqual(['next']);
  });

  it('write what was only said when they close', async () => {
    commits.transaction(add('said'));
    await commits.close();
    database.close();
    database = openDatabase(directory);
    commits = await openCommits(database, directory);
    expect(bodies()).toEqual(['said']);
  });
});

describe('shareSync', () => {
  it('answers a call with a sync that began after it, and all that wait with one', async () => {
    const ends: (() => void)[] = [];
    const share = shareSync(() => new Promise((resolve) => ends.push(resolve)));
    const begun = (count: number) => expect.poll(() => ends.length).toBe(count);
    const first = [share(), share()];
    await begun(1);
    const second = [share(), share()];
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await Promise.all(first);
    await begun(2);
    ends[1]?.();
    await Promise.all(second);
    expect(ends).toHaveLength(2);
  });

  it('tells a failure to those who waited for it, and to nobody else', async () => {
    let count = 0;
    const share = shareSync(async () => {
      count += 1;
      if (count === 1) throw new Error('no');
    });
    await expect(share()).rejects.toThrow('no');
    await expect(share()).resolves.toBeUndefined();
  });
});

it('a folder of a newer version is refused, with what to do, and stays as it is', async () => {
  await commits.close();
  database.exec('pragma user_version = 99');
  database.close();
  expect(() => openDatabase(directory)).toThrow(StartProblem);
  expect(() => openDatabase(directory)).toThrow(/newer version of the local S3 \(format 99.*Run that version/);
});
