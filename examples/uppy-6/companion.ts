import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import { createClient } from '../../client/index.ts';
import { showForm } from '../support/show-form.ts';
import { accessToken } from '../support/sign-in.ts';

const token = await accessToken();
const client = createClient({ baseUrl: location.origin, token: () => token });

// Uppy 6 sends no headers of ours, so its caller is named by a token in the path, which opens nothing but uploads.
const { companionUrl } = await client.call('createUploadToken', {});

const uppy = new Uppy({
  // Uppy tells its Companion no sizes. Said as metadata, S3 is held to it.
  onBeforeFileAdded: (file) => ({ ...file, meta: { ...file.meta, sizeBytes: String(file.size) } }),
}).use(AwsS3, {
  companionEndpoint: companionUrl,
  // Uppy's own threshold is 100 MiB. Parts that failed are sent again, so few bytes are lost on a bad line.
  shouldUseMultipart: (file) => (file.size ?? 0) > 16 * 1024 ** 2,
});

showForm(uppy);
