import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPartHasher, ProblemError, sourceOf } from '../../../client/index.ts';
import { problemOf, registeredScene } from './support/registered.ts';

const MiB = 1024 ** 2;

describe('registerDocuments', () => {
  it('declares all files of an upload with one call, small ones by their hash and large ones for parts', async () => {
    const { uppy, options, declared, add, callsOf } = registeredScene();
    const ids = [add('a.pdf'), add('b.pdf', 17 * MiB)];
    const result = await uppy.upload();
    expect(callsOf('requestUploads')).toBe(1);
    const common = { mediaType: 'application/pdf' };
    const sha256 = createHash('sha256').update(Buffer.alloc(1000)).digest('hex');
    expect(declared).toEqual([
      { ...common, fileName: 'a.pdf', sizeBytes: 1000, sha256 },
      { ...common, fileName: 'b.pdf', sizeBytes: 17 * MiB, checksumAlgorithm: 'CRC64NVME', title: 'B' },
    ]);
    expect(ids.map((id) => options.generateObjectKey({ id }))).toEqual(['document-1', 'document-2']);
    expect(ids.map((id) => options.shouldUseMultipart({ id }))).toEqual([false, true]);
    expect(options.getChunkSize({ size: 17 * MiB })).toBe(8 * MiB);
    expect(result).toMatchObject({ failed: [], successful: [{}, {}] });
    expect(uppy.getFile(ids[0] ?? '').response).toMatchObject({
      uploadURL: '/v1/documents/document-1',
      body: { key: 'document-1', documentId: 'document-1', state: 'available' },
    });
  });

  it('has S3 held to the bytes of each part and of the whole file', async () => {
    const { uppy, options, signed, add } = registeredScene();
    add('b.pdf', 17 * MiB);
    await uppy.upload();
    const upload = { key: 'document-1', uploadId: 'u' };
    await options.signRequest({ ...upload, method: 'PUT', partNumber: 3 });
    await options.signRequest({ ...upload, method: 'POST' });
    const crcOf = async (sizeBytes: number) => {
      const source = sourceOf(new Blob([new Uint8Array(sizeBytes)]));
      const { signal } = new AbortController();
      return (await createPartHasher().hash(source, 0, sizeBytes, 'CRC64NVME', signal)).checksum;
    };
    expect(signed.slice(1)).toMatchObject([
      { operation: 'UploadPart', crc64nvme: await crcOf(MiB) },
      { operation: 'CompleteMultipartUpload', crc64nvme: await crcOf(17 * MiB) },
    ]);
  });

  it('lets what is refused fail by itself, with the reason', async () => {
    const { uppy, add } = registeredScene();
    add('a.pdf');
    add('notes.txt', 10, 'text/plain');
    const result = await uppy.upload();
    expect(result?.failed?.[0]?.progress.preprocess).toBeUndefined();
    expect(result).toMatchObject({
      successful: [{ name: 'a.pdf' }],
      failed: [{ name: 'notes.txt', error: 'Choose a PDF.' }],
    });
  });

  it.each(['getSettings', 'requestUploads'] as const)(
    'lets all fail where %s cannot be had, and declares them when they are tried again',
    async (name) => {
      const { uppy, declared, answers, add } = registeredScene();
      const before = { ...answers };
      answers[name] = () => {
        throw new Error('The service cannot be reached.');
      };
      add('a.pdf');
      expect(await uppy.upload()).toMatchObject({ failed: [{ error: 'The service cannot be reached.' }] });
      Object.assign(answers, before);
      expect((await uppy.retryAll())?.successful).toHaveLength(1);
      expect(declared).toHaveLength(1);
    },
  );

  it('goes on with the document it has when a file is tried again, and with another when that one has ended', async () => {
    const { uppy, options, answers, add, callsOf } = registeredScene();
    const id = add('a.pdf');
    const { signS3Request } = answers;
    answers.signS3Request = () => {
      throw new ProblemError(problemOf('too-many-requests', 'Wait a moment.'));
    };
    expect((await uppy.upload())?.failed).toHaveLength(1);
    answers.signS3Request = () => {
      throw new ProblemError(problemOf('upload-ended', 'Declare it anew.'));
    };
    uppy.setFileState(id, { s3Multipart: { uploadId: 'of the first', key: 'document-1' } } as object);
    expect(await uppy.retryUpload(id)).toMatchObject({ failed: [{ error: 'Declare it anew.' }] });
    expect(uppy.getFile(id)).toMatchObject({ s3Multipart: undefined });
    expect(callsOf('requestUploads')).toBe(1);
    answers.signS3Request = signS3Request;
    expect((await uppy.retryUpload(id))?.successful).toHaveLength(1);
    expect(options.generateObjectKey({ id })).toBe('document-2');
  });

  it('counts as failed what the service rejects, and declares it anew', async () => {
    const { uppy, outcomes, add } = registeredScene();
    const id = add('a.pdf');
    outcomes.set('document-1', {
      state: 'rejected',
      rejection: { reason: 'malware-found', detail: 'It holds malware.' },
    });
    expect(await uppy.upload()).toMatchObject({ failed: [{ error: 'It holds malware.' }] });
    expect(await uppy.retryUpload(id)).toMatchObject({
      successful: [{ response: { body: { documentId: 'document-2' } } }],
    });
  });

  it('keeps what a file was declared as in the state of Uppy, which remembers it over a reload', async () => {
    const { uppy, add } = registeredScene();
    const id = add('a.pdf');
    await uppy.upload();
    expect(uppy.getFile(id)).toMatchObject({ sealdrop: { documentId: 'document-1' } });
  });

  it('declares a file again that another version began in parts of another size, and forgets those', async () => {
    const { uppy, options, add } = registeredScene();
    const id = add('a.pdf', 17 * MiB);
    const parts = { key: 'of-before', uploadId: 'upload-1' };
    uppy.setFileState(id, {
      sealdrop: { documentId: 'of-before', partSizeBytes: 5 * MiB },
      s3Multipart: parts,
    } as object);
    await uppy.upload();
    expect(options.generateObjectKey({ id })).toBe('document-1');
    expect(uppy.getFile(id)).toMatchObject({ s3Multipart: undefined });
  });

  it('goes on with a file that was begun in parts of this size', async () => {
    const { uppy, options, add } = registeredScene();
    const id = add('a.pdf', 17 * MiB);
    uppy.setFileState(id, { sealdrop: { documentId: 'of-before', partSizeBytes: 8 * MiB } } as object);
    await uppy.upload();
    expect(options.generateObjectKey({ id })).toBe('of-before');
  });
});
