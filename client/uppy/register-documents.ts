import { partSizeBytesOf } from '../../contract/parts.ts';
import type { UploadInstruction } from '../../contract/schemas/upload.ts';
import type { Client } from '../create-client.ts';
import { ProblemError } from '../errors.ts';
import { createPartHasher, type PartHasher } from '../hash/part-hasher.ts';
import { filesOf, type UppyFileLike, type UppyLike } from './core.ts';
import { type DeclareOptions, declareFiles } from './declare-files.ts';
import { createFileEvents, failureOf, type UploadLocale } from './file-events.ts';
import { createPartChecksums, type PartChecksums } from './part-checksums.ts';
import { createSignRequest, type SignRequest } from './sign-request.ts';

export interface RegisterOptions extends DeclareOptions {
  readonly locale?: UploadLocale;
}

/** Options for `@uppy/aws-s3` 6. */
export interface RegisteredDocuments {
  readonly signRequest: SignRequest;
  readonly generateObjectKey: (file: { readonly id: string }) => string;
  readonly shouldUseMultipart: (file: { readonly id: string }) => boolean;
  readonly getChunkSize: (file: { readonly size: number }) => number;
}

/** What a file was declared as. It lives in Uppy's state of the file: it goes with it, and is restored with it. */
interface Registration {
  readonly documentId: string;
  /** Where it goes up in parts. */
  readonly partSizeBytes?: number;
}

/** After these nothing comes of a document any more; who tries again needs another. */
const endings = ['upload-ended', 'document-not-found'];

const registrationOf = (file: UppyFileLike | undefined): Registration | undefined =>
  (file as { readonly sealdrop?: Registration } | undefined)?.sealdrop;

/** Begun by another version, whose parts Uppy would take for those of this one: it goes by their numbers. */
const isOutdated = ({ size }: UppyFileLike, { partSizeBytes }: Registration): boolean =>
  partSizeBytes !== undefined && partSizeBytes !== partSizeBytesOf(size ?? 0);

/**
 * Lets Uppy's own uploader of version 6 send the files: before an upload each is declared, with its size and hash, so that
 * all that S3 will be asked for can be signed; afterwards the outcome is waited for, as Uppy's "postprocess".
 *
 * @example
 * uppy.use(AwsS3, registerDocuments(uppy, client, { metadata: (file) => ({ title: file.name }) }));
 */
export function registerDocuments(
  uppy: UppyLike,
  client: Pick<Client, 'call' | 'waitForOutcome'>,
  options: RegisterOptions = {},
): RegisteredDocuments {
  const eventsOf = (fileId: string) => createFileEvents(uppy, fileId, options.locale?.strings?.verifying);
  let made: PartHasher | undefined;
  const hasher = () => {
    made ??= createPartHasher();
    return made;
  };
  const registered = (fileId: string) => registrationOf(uppy.getFile(fileId));
  // With what Uppy knows of an upload in parts: it would go on with that.
  const forget = (fileId: string) => {
    if (uppy.getFile(fileId)) uppy.setFileState(fileId, { sealdrop: undefined, s3Multipart: undefined });
  };
  const verify = async (file: UppyFileLike): Promise<void> => {
    const registration = registrationOf(file);
    if (registration === undefined) return;
    const events = eventsOf(file.id);
    events.verifying();
    try {
      const document = await client.waitForOutcome(registration.documentId);
      if (failureOf(document) !== undefined) forget(file.id);
      events.ended(document);
    } catch (error) {
      events.failed(error);
    }
  };
  uppy.addPreProcessor(async (fileIds) => {
    const isToDeclare = (file: UppyFileLike) => {
      const registration = registrationOf(file);
      return !file.error && (registration === undefined || isOutdated(file, registration));
    };
    const files = filesOf(uppy, fileIds).filter(isToDeclare);
    for (const file of files) uppy.emit('preprocess-progress', file, { mode: 'indeterminate', message: 'Preparing…' });
    for (const [{ id }, declared] of await declareFiles(client, files, options, hasher)) {
      const file = uppy.getFile(id);
      if (file === undefined) continue;
      uppy.emit('preprocess-complete', file);
      if ('error' in declared) eventsOf(id).failed(declared.error);
      else uppy.setFileState(id, { sealdrop: registrationFor(declared), s3Multipart: undefined });
    }
  });
  uppy.addPostProcessor(async (fileIds) => {
    const sent = filesOf(uppy, fileIds).filter(({ error, progress }) => !error && progress.uploadComplete);
    await Promise.all(sent.map(verify));
  });

  const fileOf = (documentId: string) =>
    uppy.getFiles().find((file) => registrationOf(file)?.documentId === documentId);
  const checksums = new WeakMap<Blob, PartChecksums>();
  const sign = createSignRequest(client, async ({ key, partNumber }) => {
    const file = fileOf(key);
    if (!(file?.data instanceof Blob)) return undefined;
    const ofFile = checksums.get(file.data) ?? createPartChecksums(hasher(), file.data);
    checksums.set(file.data, ofFile);
    return partNumber === undefined ? ofFile.whole() : ofFile.of(partNumber);
  });
  return {
    signRequest: async (request) => {
      try {
        return await sign(request);
      } catch (error) {
        const file = fileOf(request.key);
        if (file && error instanceof ProblemError && endings.includes(error.kind)) forget(file.id);
        throw error;
      }
    },
    generateObjectKey: ({ id }) => registered(id)?.documentId ?? '',
    shouldUseMultipart: ({ id }) => registered(id)?.partSizeBytes !== undefined,
    getChunkSize: ({ size }) => partSizeBytesOf(size),
  };
}

const registrationFor = ({ document, upload }: UploadInstruction): Registration => ({
  documentId: document.id,
  ...(upload.kind === 'multipart' && { partSizeBytes: upload.partSizeBytes }),
});
