import * as z from 'zod/mini';
import { readConfiguration } from '../../buckets/configuration-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { notImplemented, Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'versioning' } as const;

const format = {
  root: 'VersioningConfiguration',
  lists: [],
  schema: z.strictObject({
    Status: z.optional(z.enum(['Enabled', 'Suspended'])),
    MfaDelete: z.optional(z.enum(['Enabled', 'Disabled'])),
  }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning: Operation = {
  ...shared,
  name: 'GetBucketVersioning',
  method: 'GET',
  actions: () => ['s3:GetBucketVersioning'],
  handle: async ({ bucket: { versioning } }) => {
    const status = versioning === 'suspended' ? 'Suspended' : versioning ? 'Enabled' : undefined;
    return xmlAnswer(xmlDocument('VersioningConfiguration', status && element('Status', status)));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning: Operation = {
  ...shared,
  name: 'PutBucketVersioning',
  method: 'PUT',
  refusedHeaders: ['x-amz-mfa'],
  actions: () => ['s3:PutBucketVersioning'],
  async handle(call) {
    const configuration = await readConfiguration(call, format);
    if (configuration instanceof Refusal) return configuration;
    const { Status, MfaDelete } = configuration;
    if (MfaDelete === 'Enabled') return notImplemented('MfaDelete of PutBucketVersioning');
    if (Status === undefined) return new Refusal('IllegalVersioningConfigurationException');
    return setConfiguration(call, { versioning: Status === 'Enabled' ? true : 'suspended' });
  },
};
