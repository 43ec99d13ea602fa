import { partSizeBytesOf } from '../../contract/parts.ts';
import type { Profile } from '../../contract/profile.ts';
import type { UploadInstruction, UploadRequest } from '../../contract/schemas/upload.ts';
import { checksumErrors, isInParts } from '../domain/declare.ts';
import type { Failure } from '../domain/failure.ts';
import { okWith, type Result } from '../domain/result.ts';
import { storageHeaders } from '../domain/storage-headers.ts';
import type { ObjectAddress, ObjectSigner } from '../ports.ts';
import { type DeclareDeps, type Declaring, declareRecord } from './declare-record.ts';
import { uploadInstruction } from './upload-instruction.ts';

export interface RequestUploadDeps extends DeclareDeps {
  readonly signer: Pick<ObjectSigner, 'signPut' | 'signForm'>;
  readonly addressOf: ObjectAddress;
}

export interface RequestUploadInput extends Declaring {
  readonly body: UploadRequest;
}

/** How a file of this size goes up in parts; undefined where one PUT is enough. */
const plannedParts = ({ sizeBytes, checksumAlgorithm = 'SHA256' }: UploadRequest, profile: Profile) =>
  isInParts(sizeBytes, profile) ? { partSizeBytes: partSizeBytesOf(sizeBytes), checksumAlgorithm } : undefined;

/** Declares a file, then signs its PUT, or says the plan of its parts. */
export const requestUpload =
  (deps: RequestUploadDeps) =>
  async ({ body, ...declaring }: RequestUploadInput): Promise<Result<UploadInstruction, Failure>> => {
    const { checksumAlgorithm: _, transfer, ...declared } = body;
    const errors = checksumErrors(body, deps.profile);
    const parts = plannedParts(body, deps.profile);
    const byForm = transfer === 'form' && parts === undefined;
    const wanted = { declared: { ...declared, ...(byForm && { byForm }) }, parts, errors };
    const created = await declareRecord(deps, declaring, wanted);
    if (!created.ok) return created;
    const instruction = await uploadInstruction(deps, created.value, transfer);
    return okWith(instruction, storageHeaders(declaring.caller, created.value, deps.addressOf));
  };
