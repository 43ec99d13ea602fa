import { expect } from 'vitest';
import type { Uploads } from '../../../../client/engine/uploads.ts';
import type { FileSource } from '../../../../client/source.ts';
import { type Faults, type HostileService, hostileService, noFaults } from '../../support/hostile-service.ts';

export const bytesOf = (sizeBytes: number, salt = 0): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 7 + (index >> 5) + salt) % 256);

export const serviceOf = (faults: Partial<Faults> = {}): HostileService =>
  hostileService(7, { ...noFaults, ...faults });

export const objectOf = (service: HostileService, documentId: string): Buffer =>
  Buffer.from(service.uploads.get(documentId)?.object ?? []);

export const partsSent = ({ sends }: HostileService): number[] => sends.map(({ partNumber }) => partNumber);

/** Sends a file until so many parts are at the storage, then closes the page. */
export async function stopAfter(
  service: HostileService,
  uploads: Uploads,
  source: FileSource,
  parts: number,
  options = {},
): Promise<void> {
  const page = new AbortController();
  const handle = uploads.add(source, { ...options, signal: page.signal });
  const stop = async () => {
    while (service.delivered.length < parts) await service.time.sleep(1, undefined);
    page.abort(new Error('The page is gone.'));
  };
  await expect(service.time.run(Promise.all([handle.done, stop()]))).rejects.toThrow('The page is gone.');
}
