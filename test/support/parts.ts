import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { partRangeOf, partsCountOf } from '../../contract/parts.ts';
import { Document } from '../../contract/schemas/document.ts';
import { PartLinks, PartList } from '../../contract/schemas/parts.ts';
import { MultipartUpload, UploadInstruction } from '../../contract/schemas/upload.ts';
import { startChecksum } from '../../local/s3/body/checksum.ts';
import type { Answer, Api } from './api.ts';

const MiB = 1024 ** 2;

/** A file that goes up in three parts, of which the last is one byte. */
export const threeParts = (): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(16 * MiB + 1 - 9)]);

export const InParts = z.extend(UploadInstruction, { upload: MultipartUpload });

export type InParts = z.infer<typeof InParts>;

export interface Part {
  readonly partNumber: number;
  readonly bytes: Buffer;
  /** SHA-256 in base64. */
  readonly checksum: string;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export const crc64Of = async (bytes: Uint8Array): Promise<string> => {
  const running = await startChecksum.CRC64NVME();
  running.update(bytes);
  return running.digest();
};

/** The parts with their CRC-64s in place of the hashes. */
export const byCrc64 = (parts: readonly Part[]): Promise<readonly Part[]> =>
  Promise.all(parts.map(async (part) => ({ ...part, checksum: await crc64Of(part.bytes) })));

/** What a client cuts a file into. */
export const partsOf = (content: Buffer, { upload: { partSizeBytes } }: InParts): readonly Part[] =>
  Array.from({ length: partsCountOf(content.length, partSizeBytes) }, (_, index) => {
    const { start, end } = partRangeOf(index + 1, content.length, partSizeBytes);
    const bytes = content.subarray(start, end);
    return { partNumber: index + 1, bytes, checksum: sha256(bytes).toString('base64') };
  });

/** The hash over the parts' hashes. */
export const compositeOf = (parts: readonly Part[]): string =>
  sha256(Buffer.concat(parts.map(({ checksum }) => Buffer.from(checksum, 'base64')))).toString('base64');

export const jsonBody = (method: string, body: object, headers = {}): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** What was answered with that status; throws where it was not. */
const parsed = <Schema extends z.core.$ZodType>(schema: Schema, status: number, answer: Answer) => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text}`);
  return z.parse(schema, JSON.parse(answer.text));
};

/** Sends one part by its link, as a browser does. */
export const putPart = async (links: PartLinks, index: number, { partNumber, bytes, checksum }: Part) => {
  const url = links.urlTemplate
    .replace('{partNumber}', `${partNumber}`)
    .replace('{signature}', links.signatures[index] ?? '');
  const headers = { ...links.headers, ...(links.checksumHeader && { [links.checksumHeader]: checksum }) };
  const response = await fetch(url, { method: 'PUT', headers, body: new Blob([new Uint8Array(bytes)]) });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** Uploads in parts as one of the people does them, call by call. */
export const uploaderOf = (api: () => Api) => {
  const at = (id: string, rest: string, init?: RequestInit) => api().call(`/v1/documents/${id}/${rest}`, init);
  const askForLinks = (id: string, parts: readonly { readonly partNumber: number; readonly checksum?: string }[]) =>
    at(id, 'parts', jsonBody('POST', { parts }));
  const links = async (id: string, parts: Parameters<typeof askForLinks>[1]) =>
    parsed(PartLinks, 200, await askForLinks(id, parts));
  const complete = (id: string, body: { readonly checksum?: string } = {}) =>
    at(id, 'complete', jsonBody('POST', body));
  /** A declared file, cut into its parts. */
  const declared = async (more: object = {}) => {
    const content = threeParts();
    const body = { fileName: 'scan.pdf', mediaType: 'application/pdf', sizeBytes: content.length, ...more };
    const instruction = parsed(InParts, 201, await api().call('/v1/documents', jsonBody('POST', body)));
    return { content, id: instruction.document.id, instruction, parts: partsOf(content, instruction) };
  };
  /** Has the parts signed with their checksums and sends them, one after the other. */
  const send = async (id: string, parts: readonly Part[]): Promise<void> => {
    const named = parts.map(({ partNumber, checksum }) => ({ partNumber, checksum }));
    const signed = await links(id, named);
    for (const [index, part] of parts.entries()) {
      const { status, text } = await putPart(signed, index, part);
      if (status !== 200) throw new Error(`Part ${part.partNumber} was answered ${status}: ${text}`);
    }
  };
  return {
    declared,
    /** The same with all parts at S3 but those left out. */
    sent: async (...leftOut: readonly number[]) => {
      const upload = await declared();
      await send(
        upload.id,
        upload.parts.filter(({ partNumber }) => !leftOut.includes(partNumber)),
      );
      return upload;
    },
    askForLinks,
    links,
    send,
    list: (id: string) => at(id, 'parts'),
    listed: async (id: string) => parsed(PartList, 200, await at(id, 'parts')),
    complete,
    completed: async (id: string, checksum?: string): Promise<Document> =>
      parsed(Document, 200, await complete(id, checksum === undefined ? {} : { checksum })),
    abort: (id: string) => at(id, 'upload', { method: 'DELETE' }),
  };
};
