import { vi } from 'vitest';
import type { Client } from '../../../../client/index.ts';
import { registerDocuments } from '../../../../client/uppy/index.ts';
import type { Problem, ProblemKind } from '../../../../contract/problems.ts';
import type { Document } from '../../../../contract/schemas/document.ts';
import type { S3RequestWish } from '../../../../contract/schemas/s3-request.ts';
import type { UploadRequest } from '../../../../contract/schemas/upload.ts';
import { bareCore } from './cores.ts';

const MiB = 1024 ** 2;

export const problemOf = (kind: ProblemKind, detail: string): Problem => ({
  type: `https://api.example/problems/${kind}`,
  title: kind,
  status: 422,
  detail,
  requestId: 'r',
});

/** A service that takes PDFs, and Uppy with an uploader that asks for one signature for each file and sends nothing. */
export const registeredScene = () => {
  const uppy = bareCore();
  const declared: UploadRequest[] = [];
  const signed: S3RequestWish[] = [];
  const answers = {
    getSettings: () => ({ multipart: { aboveSizeBytes: 16 * MiB } }),
    requestUploads: ({ body }: { body: { documents: UploadRequest[] } }) => ({
      results: body.documents.map((request) => {
        declared.push(request);
        if (request.mediaType !== 'application/pdf')
          return { problem: problemOf('media-type-not-allowed', 'Choose a PDF.') };
        const isLarge = request.sizeBytes > 16 * MiB;
        const upload = isLarge ? { kind: 'multipart', partSizeBytes: 8 * MiB } : { kind: 'single-put' };
        return { document: { id: `document-${declared.length}` }, upload };
      }),
    }),
    signS3Request: ({ body }: { body: S3RequestWish }): unknown => {
      signed.push(body);
      return { url: 'https://s3.example/', headers: {} };
    },
  };
  const call = vi.fn(async (name: keyof typeof answers, input: never) => answers[name](input));
  const outcomes = new Map<string, Partial<Document>>();
  const waitForOutcome = vi.fn(async (id: string) => ({ id, state: 'available', ...outcomes.get(id) }) as Document);
  const options = registerDocuments(
    uppy,
    { call: call as unknown as Client['call'], waitForOutcome },
    { metadata: ({ name }) => (name === 'b.pdf' ? { title: 'B' } : {}) },
  );
  uppy.addUploader(async (fileIds) => {
    for (const file of uppy.getFilesByIds(fileIds).filter(({ error }) => !error)) {
      uppy.emit('upload-start', [file]);
      const key = options.generateObjectKey(file);
      await options.signRequest({ method: 'PUT', key }).then(
        () => uppy.emit('upload-success', file, { status: 200, body: { key } }),
        (error) => uppy.emit('upload-error', file, error),
      );
    }
  });
  const add = (name: string, sizeBytes = 1000, type = 'application/pdf') =>
    uppy.addFile({ name, type, data: new Blob([new Uint8Array(sizeBytes)]) });
  const callsOf = (name: string) => call.mock.calls.filter(([called]) => called === name).length;
  return { uppy, options, declared, signed, answers, outcomes, add, callsOf };
};
