import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import { createClient } from '../../client/index.ts';
import { registerDocuments } from '../../client/uppy/index.ts';
import { showForm } from '../support/show-form.ts';
import { accessToken } from '../support/sign-in.ts';

const token = await accessToken();
const client = createClient({ baseUrl: location.origin, token: () => token });

const uppy = new Uppy();
uppy.use(AwsS3, registerDocuments(uppy, client, { metadata: ({ name }) => (name ? { title: name } : {}) }));

showForm(uppy);
