import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import { showForm } from '../support/show-form.ts';
import { accessToken } from '../support/sign-in.ts';

const uppy = new Uppy({
  // Uppy tells its Companion no sizes. Said as metadata, S3 is held to it.
  onBeforeFileAdded: (file) => ({ ...file, meta: { ...file.meta, sizeBytes: String(file.size) } }),
}).use(AwsS3, {
  // The API's address, the stage's path included; Uppy appends `/s3/…`.
  endpoint: location.origin,
  // Uppy's own threshold is 100 MiB. Parts that failed are sent again, so few bytes are lost on a bad line.
  shouldUseMultipart: (file) => (file.size ?? 0) > 16 * 1024 ** 2,
});

// Before each upload, for an access token does not live as long as a page.
uppy.addPreProcessor(async () => {
  const headers = { authorization: `Bearer ${await accessToken()}` };
  uppy.getPlugin('AwsS3Multipart')?.setOptions({ headers });
});

showForm(uppy);
