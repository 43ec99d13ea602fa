import { xmlAnswer } from '../../http/answer.ts';
import { xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html: of us-east-1, nothing. */
export const getBucketLocation: Operation = {
  name: 'GetBucketLocation',
  method: 'GET',
  target: 'bucket',
  subresource: 'location',
  actions: () => ['s3:GetBucketLocation'],
  handle: async ({ bucket: { region } }) =>
    xmlAnswer(xmlDocument('LocationConstraint', region === 'us-east-1' ? undefined : { xml: region })),
};
