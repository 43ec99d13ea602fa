import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compare, type Group } from '../compare.ts';
import { type Child, startChild } from '../local-s3/child.ts';
import { agentFor, bytes, inParallel, send } from '../local-s3/send.ts';
import { bucket, signPut, signPuts } from '../local-s3/signed-puts.ts';
import type { Contender } from '../measure.ts';
import type { Findings } from './bench.ts';

const mebibyte = 1024 * 1024;
const uploadSizeBytes = 256 * mebibyte;
const smallPuts = 1000;
const smallBody = Buffer.alloc(1024, 'x');

const startOwn = (file: string, ...args: string[]): Promise<Child> =>
  startChild(process.execPath, [join(import.meta.dirname, '..', file), ...args]);

const upload = (name: string, url: string, sha256: string): Contender => {
  const agent = agentFor(1);
  const headers = { 'content-length': uploadSizeBytes, 'x-amz-checksum-sha256': sha256 };
  const call = async (): Promise<void> => {
    const { headers: answered } = await send('PUT', url, agent, headers, bytes(uploadSizeBytes));
    if (answered['x-amz-checksum-sha256'] !== sha256) throw new Error(`${name} hashed other bytes.`);
  };
  return { name, call };
};

const largeUploads = async (s3: Child): Promise<Group> => {
  await using plain = await startOwn('peers/hash-and-write.ts');
  await using synced = await startOwn('peers/hash-and-write.ts', 'sync');
  const hash = createHash('sha256');
  for (const chunk of bytes(uploadSizeBytes)) hash.update(chunk);
  const sha256 = hash.digest('base64');
  const signed = signPut(s3.origin, 'large', { 'x-amz-checksum-sha256': sha256 });
  return await compare({
    name: '256 MiB by one presigned PUT',
    contenders: [
      upload('peer: plain server, hashes and writes', plain.origin, sha256),
      upload('peer: the same, waits for the disk', synced.origin, sha256),
      upload('local S3', signed, sha256),
    ],
    plan: { warmUpRounds: 1, rounds: 9, sampleMsMin: 0 },
    unit: 'ms',
    ratio: 'speed',
  });
};

const putMany = (name: string, origin: string, concurrency: number): Contender => {
  const agent = agentFor(concurrency);
  let calls = 0;
  const call = (): Promise<void> => {
    const urls = signPuts(origin, `${concurrency}/${calls++}`, smallPuts);
    const put = (url: string) => send('PUT', url, agent, { 'content-length': smallBody.length }, smallBody);
    return inParallel(urls, concurrency, put);
  };
  return { name, call };
};

const smallUploads = async (s3: Child, moto: Child): Promise<Group[]> => {
  await send('PUT', `${moto.origin}/${bucket}`, agentFor(1), { 'content-length': 0 });
  const groups = [];
  for (const concurrency of [1, 16]) {
    const name = `1,000 PUTs of 1 KiB, ${concurrency} at a time`;
    const contenders = [
      putMany('peer: moto', moto.origin, concurrency),
      putMany('local S3', s3.origin, concurrency),
    ] as const;
    const plan = { warmUpRounds: 1, rounds: 5, sampleMsMin: 0 };
    groups.push(await compare({ name, contenders: [...contenders], plan, unit: 'ms', ratio: 'speed' }));
  }
  return groups;
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

export const run = async (): Promise<Findings> => {
  const groups: Group[] = [];
  const notes: string[] = [];
  {
    await using s3 = await startOwn('local-s3/s3.ts');
    groups.push(await largeUploads(s3));
    const peak = s3.peakMemoryBytes();
    if (peak !== undefined) {
      notes.push(`The local S3 never had more than ${Math.round(peak / mebibyte)} MiB of memory during these uploads.`);
    }
  }
  await using moto = await startMoto();
  if (moto === undefined)
    notes.push('Small PUTs were not compared: moto_server is not installed (pip install moto[s3,server]).');
  else {
    await using s3 = await startOwn('local-s3/s3.ts');
    groups.push(...(await smallUploads(s3, moto)));
  }
  return { unit: 'ms', ratio: 'speed', groups, notes };
};
