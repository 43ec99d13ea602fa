import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import { createClient } from '../../client/index.ts';
import { restrictionsOf, SealdropUploader } from '../../client/uppy/index.ts';
import { accessToken } from '../support/sign-in.ts';

const token = await accessToken();
const client = createClient({ baseUrl: location.origin, token: () => token });

new Uppy({ restrictions: restrictionsOf(await client.call('getSettings', {})) })
  .use(Dashboard, { target: '#uppy', inline: true, disableThumbnailGenerator: true })
  .use(SealdropUploader, { client, metadata: ({ name }) => (name ? { title: name } : {}) });
