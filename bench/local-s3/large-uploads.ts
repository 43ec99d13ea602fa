import { createHash } from 'node:crypto';
import { compare, type Group } from '../compare.ts';
import type { Contender } from '../measure.ts';
import { type Child, startOwn } from './child.ts';
import { agentFor, bytes, send } from './send.ts';
import { sign } from './signed.ts';

const mebibyte = 1024 * 1024;
const uploadSizeBytes = 256 * mebibyte;

const upload = (name: string, url: string, sha256: string): Contender => {
  const agent = agentFor(1);
  const headers = { 'content-length': uploadSizeBytes, 'x-amz-checksum-sha256': sha256 };
  const call = async (): Promise<void> => {
    const { headers: answered } = await send('PUT', url, agent, headers, bytes(uploadSizeBytes));
    if (answered['x-amz-checksum-sha256'] !== sha256) throw new Error(`${name} hashed other bytes.`);
  };
  return { name, call };
};

const compareUploads = async (s3: Child): Promise<Group> => {
  await using plain = await startOwn('peers/hash-and-write.ts');
  await using synced = await startOwn('peers/hash-and-write.ts', 'sync');
  const hash = createHash('sha256');
  for (const chunk of bytes(uploadSizeBytes)) hash.update(chunk);
  const sha256 = hash.digest('base64');
  const signed = sign('PUT', s3.origin, 'large', { 'x-amz-checksum-sha256': sha256 });
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

const peakOf = (s3: Child): string => {
  const peak = s3.peakMemoryBytes();
  return peak === undefined ? 'an unknown amount' : `${Math.round(peak / mebibyte)} MiB`;
};

/** Of an S3 of its own, whose memory nothing else has been in. */
export const largeUploads = async (): Promise<{ readonly group: Group; readonly notes: readonly string[] }> => {
  await using s3 = await startOwn('local-s3/s3.ts');
  const group = await compareUploads(s3);
  const uploading = peakOf(s3);
  for (let round = 0; round < 3; round++) await send('GET', sign('GET', s3.origin, 'large'), agentFor(1));
  return {
    group,
    notes: [
      'The local S3 computes the MD5 of an ETag besides, in a thread of its own, and waits for the disk.',
      `It never had more than ${uploading} of memory during these uploads, and ${peakOf(s3)} with downloads after them.`,
    ],
  };
};
