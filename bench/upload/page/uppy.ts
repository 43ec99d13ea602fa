import AwsS3 from 'uppy-under-test/aws-s3';
import Uppy from 'uppy-under-test/core';
import { chosenFiles, type UploadChosen } from './chosen.ts';

export interface UppyOptions {
  /** @default - the plugin's own: above 100 MiB */
  readonly shouldUseMultipart?: boolean;
  /** @default - the plugin's own: 5 MiB */
  readonly partSizeBytes?: number;
}

/** Uppy as its documentation has it, with Companion's routes at the page's origin; version 5 and 6 name that otherwise. */
const uploadChosen: UploadChosen<UppyOptions> = async ({ shouldUseMultipart, partSizeBytes }) => {
  const files = chosenFiles();
  const begun = performance.now();
  const uppy = new Uppy();
  uppy.use(AwsS3, {
    endpoint: location.origin,
    companionEndpoint: location.origin,
    ...(shouldUseMultipart !== undefined && { shouldUseMultipart }),
    ...(partSizeBytes !== undefined && { getChunkSize: () => partSizeBytes }),
  });
  uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data })));
  const result = await uppy.upload();
  const acceptedMs = performance.now() - begun;
  if (result?.successful?.length !== files.length) {
    throw new Error(`Uppy uploaded ${result?.successful?.length} of ${files.length}: ${result?.failed?.[0]?.error}`);
  }
  return { begunAtMs: performance.timeOrigin + begun, acceptedMs };
};

Object.assign(globalThis, { uploadChosen });
