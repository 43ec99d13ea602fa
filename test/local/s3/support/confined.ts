import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LocalS3Options } from '../../../../local/s3/configuration.ts';
import { startTestS3, type TestS3 } from './server.ts';

export interface ConfinedS3 extends TestS3 {
  /** Fails where anything was written that is no file of this S3, inside its folder or beside it. */
  expectConfined(): Promise<void>;
}

/** An S3 whose data folder lies in a folder of its own, so that a file that escaped would be seen. */
export async function startConfinedS3(overrides: Partial<LocalS3Options> = {}): Promise<ConfinedS3> {
  const parent = await mkdtemp(join(tmpdir(), 'sealdrop-confined-'));
  const dataDirectory = join(parent, 'data');
  const s3 = await startTestS3({ ...overrides, dataDirectory });
  const dispose = s3[Symbol.asyncDispose];
  return Object.defineProperties(Object.create(s3), {
    expectConfined: {
      value: async () => {
        expect(await readdir(parent)).toEqual(['data']);
        for (const name of await readdir(dataDirectory)) {
          expect(name).toMatch(/^(?:objects|metadata\.sqlite(?:-(?:wal|shm|journal))?)$/);
        }
        for (const name of await readdir(join(dataDirectory, 'objects'))) expect(name).toMatch(/^[0-9a-f-]{49}$/);
      },
    },
    [Symbol.asyncDispose]: {
      value: async () => {
        await dispose();
        await rm(parent, { recursive: true });
      },
    },
  });
}
