import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type Client, createClient } from '../../../../client/index.ts';
import type { Document } from '../../../../contract/schemas/document.ts';
import { fetchToken } from '../../../../local/token.ts';
import { makePdf } from '../../../support/scanned-files.ts';
import type { Scene } from './scene.ts';

/** The person of the examples. */
async function clientOf({ cloud }: Scene): Promise<Client> {
  const result = await fetchToken(['--as', 'patient-north', '--port', new URL(cloud.origin).port]);
  if (result.exitCode !== 0) throw new Error(result.problem);
  return createClient({ baseUrl: cloud.origin, token: () => result.output });
}

const MiB = 1024 ** 2;

/** A file on the disk, which a browser takes from there: bytes in memory it would be told as text. */
export interface FileOnDisk {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A PDF of that many MiB and a little more, of bytes that no other has. */
export const pdf = async (scene: Scene, name: string, sizeMiB: number): Promise<FileOnDisk> =>
  writeTo(scene, name, Buffer.concat([await makePdf(), randomBytes(Math.round(sizeMiB * MiB))]));

export async function writeTo({ directory }: Scene, name: string, content: string | Buffer): Promise<FileOnDisk> {
  const path = join(directory, name);
  const bytes = Buffer.from(content as string);
  await writeFile(path, bytes);
  return { name, path, sizeBytes: bytes.length, sha256: sha256Of(bytes) };
}

/** All that is recorded under that name, newest first. */
export async function documentsNamed(scene: Scene, fileName: string): Promise<readonly Document[]> {
  const { documents } = await (await clientOf(scene)).call('listOwnDocuments', {});
  return documents.filter((document) => document.fileName === fileName);
}

/** That exactly one document came of the file, that it is available, and that its bytes are those of the file. */
export async function expectArrived(scene: Scene, { name, sizeBytes, sha256 }: FileOnDisk): Promise<Document> {
  const available = async () => {
    const documents = await documentsNamed(scene, name);
    expect(documents.map((document) => [document.state, document.sizeBytes])).toEqual([['available', sizeBytes]]);
    return documents[0];
  };
  const document = await vi.waitFor(available, { timeout: 20_000, interval: 250 });
  const { url } = await (await clientOf(scene)).downloadLink(document?.id ?? '');
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(sha256Of(bytes)).toBe(sha256);
  return document as Document;
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
