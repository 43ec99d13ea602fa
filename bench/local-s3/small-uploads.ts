import { compare, type Group } from '../compare.ts';
import type { Contender, Plan } from '../measure.ts';
import { type Child, startChild, startOwn } from './child.ts';
import { agentFor, inParallel, send } from './send.ts';
import { bucket, sign } from './signed.ts';

const putCount = 1000;
const body = Buffer.alloc(1024, 'x');
const plan: Plan = { warmUpRounds: 2, rounds: 5, sampleMsMin: 0 };

/** Every call puts objects of its own. All are signed before: what signing costs is another bench. */
const putMany = (name: string, origin: string, concurrency: number): Contender => {
  const agent = agentFor(concurrency);
  const rounds = Array.from({ length: plan.warmUpRounds + plan.rounds }, (_, round) =>
    Array.from({ length: putCount }, (_, index) => sign('PUT', origin, `${concurrency}/${round}/${index}`)),
  );
  const call = (): Promise<void> => {
    const urls = rounds.pop();
    if (urls === undefined) throw new Error('More rounds were run than were signed for.');
    return inParallel(urls, concurrency, (url) => send('PUT', url, agent, { 'content-length': body.length }, body));
  };
  return { name, call };
};

const compareAt = (concurrency: number, contenders: readonly [Contender, ...Contender[]]): Promise<Group> =>
  compare({ name: `1,000 PUTs of 1 KiB, ${concurrency} at a time`, contenders, plan, unit: 'ms', ratio: 'speed' });

const compareWith = async (moto: Child): Promise<readonly Group[]> => {
  await using s3 = await startOwn('local-s3/s3.ts');
  await using floor = await startOwn('peers/append-and-sync.ts');
  await send('PUT', `${moto.origin}/${bucket}`, agentFor(1), { 'content-length': 0 });
  const pairAt = (concurrency: number) =>
    [putMany('peer: moto', moto.origin, concurrency), putMany('local S3', s3.origin, concurrency)] as const;
  return [
    await compareAt(1, [...pairAt(1), putMany('floor: plain server, appends and waits for the disk', floor.origin, 1)]),
    await compareAt(16, pairAt(16)),
    await compareAt(64, pairAt(64)),
  ];
};

/** Undefined where it is not there. */
const startMoto = async (): Promise<Child | undefined> => {
  try {
    return await startChild('moto_server', ['-H', '127.0.0.1', '-p', '0']);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const aim = 5;

/** Where the aim of five times as many holds, in words. */
const verdictOf = ({ name, rows }: Group): string => {
  const ratio = rows.find((row) => row.name === 'local S3')?.ratio.median ?? Number.NaN;
  return `${name}: ${ratio >= aim ? 'at least' : 'less than'} ${aim} times as many as moto.`;
};

export const smallUploads = async (): Promise<{
  readonly groups: readonly Group[];
  readonly notes: readonly string[];
}> => {
  await using moto = await startMoto();
  if (moto === undefined) {
    return {
      groups: [],
      notes: ['Small PUTs were not compared: moto_server is not installed (pip install moto[s3,server]).'],
    };
  }
  const groups = await compareWith(moto);
  return {
    groups,
    notes: [
      ...groups.map(verdictOf),
      'moto never waits for the disk. The local S3 answers once an object is on it: one at a time, each PUT waits for a',
      'sync of its own, so a Node server that keeps that promise stays below the floor.',
    ],
  };
};
