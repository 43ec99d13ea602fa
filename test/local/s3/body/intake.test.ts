import { createHash } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checksumAlgorithms, startChecksum } from '../../../../local/s3/body/checksum.ts';
import { startIntake, type Target } from '../../../../local/s3/body/intake.ts';

const mebibyte = 1024 * 1024;
const bytes = Buffer.alloc(5 * mebibyte, 'bytes that repeat, but not with any slab; ');
const wanted = { algorithm: 'SHA256', isSha256Needed: true } as const;
const hex = (algorithm: string, body: Buffer) => createHash(algorithm).update(body).digest('hex');

function* piecesOf(body: Buffer, sizeBytes: number): Generator<Buffer> {
  for (let offset = 0; offset < body.length; offset += sizeBytes)
    yield Buffer.from(body.subarray(offset, offset + sizeBytes));
}

/** What is taken in of a body in pieces, and what a slow disk has of it, which reads late. */
async function takeIn(body: Buffer, pieceSizeBytes: number, { algorithm, isSha256Needed }: typeof wanted | Other) {
  const written: Buffer[] = [];
  const write: Target['write'] = async (some) => {
    const at = written.push(Buffer.of()) - 1;
    await setImmediate();
    written[at] = Buffer.from(some);
  };
  await using intake = startIntake({ algorithm, isSha256Needed }, { write });
  for (const piece of piecesOf(body, pieceSizeBytes)) await intake.push(piece);
  const hashes = await intake.end();
  return { hashes, written: Buffer.concat(written) };
}

type Other = { readonly algorithm: (typeof checksumAlgorithms)[number]; readonly isSha256Needed: boolean };

describe('a body that is taken in', () => {
  it.each([0, 1, mebibyte / 4, mebibyte / 4 + 1, mebibyte, 2 * mebibyte, 2 * mebibyte + 4097, 5 * mebibyte])(
    'is written and hashed as it is, however its %i bytes come',
    async (sizeBytes) => {
      const body = bytes.subarray(0, sizeBytes);
      const sha256 = hex('sha256', body);
      for (const pieceSizeBytes of [64 * 1024, 100_001, 3 * mebibyte]) {
        const { hashes, written } = await takeIn(body, pieceSizeBytes, wanted);
        const checksum = { algorithm: 'SHA256', value: Buffer.from(sha256, 'hex').toString('base64') };
        expect(hashes).toEqual({ md5: hex('md5', body), sha256, checksum });
        expect(written.equals(body)).toBe(true);
      }
    },
  );

  it.each(checksumAlgorithms)('has its %s', async (algorithm) => {
    const running = await startChecksum[algorithm]();
    running.update(bytes);
    const checksum = { algorithm, value: running.digest() };
    const { hashes } = await takeIn(bytes, 64 * 1024, { algorithm, isSha256Needed: false });
    expect(hashes).toEqual({ md5: hex('md5', bytes), sha256: undefined, checksum });
  });

  it.each([100_000, bytes.length])(
    'of %i bytes is not mixed with others at the same time, or given up',
    async (sizeBytes) => {
      const bodies = [1, 2, 3, 4].map((first) => Buffer.concat([Buffer.of(first), bytes.subarray(0, sizeBytes)]));
      const givenUp = startIntake(wanted, { write: () => setTimeout(20) });
      await givenUp.push(Buffer.from(bytes.subarray(0, 2 * mebibyte)));
      const taken = bodies.map((body) => takeIn(body, 64 * 1024, wanted));
      await givenUp[Symbol.asyncDispose]();
      for (const [index, { hashes, written }] of (await Promise.all(taken)).entries()) {
        expect(hashes.md5).toBe(hex('md5', bodies[index] ?? bytes));
        expect(written.equals(bodies[index] ?? bytes)).toBe(true);
      }
      await expect(givenUp.end()).rejects.toThrow('has ended');
    },
  );

  it.each([100, 5 * mebibyte])('ends with the failure where its %i bytes cannot be written', async (sizeBytes) => {
    const write: Target['write'] = async () => {
      throw new Error('The disk is full.');
    };
    await using intake = startIntake(wanted, { write });
    const run = async () => {
      for (const piece of piecesOf(bytes.subarray(0, sizeBytes), 64 * 1024)) await intake.push(piece);
      await intake.end();
    };
    await expect(run()).rejects.toThrow('The disk is full.');
  });

  it('is written by the thread that hashes where there is a file, and to nothing once it was disposed of', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sealdrop-intake-'));
    const path = join(folder, 'body');
    await using cleanup = new AsyncDisposableStack();
    cleanup.defer(() => rm(folder, { recursive: true }));
    const write = () => Promise.reject(new Error('There is a file.'));
    const handle = await open(path, 'wx');
    {
      await using intake = startIntake(wanted, { write, fd: Promise.resolve(handle.fd) });
      for (const piece of piecesOf(bytes, 100_001)) await intake.push(piece);
      expect((await intake.end()).md5).toBe(hex('md5', bytes));
    }
    expect((await readFile(path)).equals(bytes)).toBe(true);
    await handle.close();
    for (let times = 0; times < 10; times += 1) {
      const given = await open(join(folder, `given up ${times}`), 'wx');
      {
        await using intake = startIntake(wanted, { write, fd: Promise.resolve(given.fd) });
        await intake.push(Buffer.from(bytes));
      }
      await given.close();
      // It has the number that the other file had.
      const other = await open(join(folder, `other ${times}`), 'wx');
      await setTimeout(20);
      expect((await other.stat()).size).toBe(0);
      await other.close();
    }
  });

  it('tells what the thread could not write', async () => {
    const handle = await open(import.meta.filename, 'r');
    await using cleanup = new AsyncDisposableStack();
    cleanup.defer(() => handle.close());
    const write = () => Promise.reject(new Error('There is a file.'));
    await using intake = startIntake(wanted, { write, fd: Promise.resolve(handle.fd) });
    const run = async () => {
      for (const piece of piecesOf(bytes, 64 * 1024)) await intake.push(piece);
      await intake.end();
    };
    await expect(run()).rejects.toThrow('EBADF');
  });
});
