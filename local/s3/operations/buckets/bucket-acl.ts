import { xmlAnswer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import { canonicalUserElement, ownerElement } from '../listing.ts';
import type { Operation } from '../operation.ts';

const shared = { target: 'bucket', subresource: 'acl' } as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html. The owner has everything, nobody else. */
export const getBucketAcl: Operation = {
  ...shared,
  name: 'GetBucketAcl',
  method: 'GET',
  actions: () => ['s3:GetBucketAcl'],
  handle: async (call) => {
    const grantee = canonicalUserElement('Grantee', call.bucket.owner, {
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:type': 'CanonicalUser',
    });
    const grant = element('Grant', grantee, element('Permission', 'FULL_CONTROL'));
    return xmlAnswer(xmlDocument('AccessControlPolicy', ownerElement(call), element('AccessControlList', grant)));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html. Only what changes nothing is taken. */
export const putBucketAcl: Operation = {
  ...shared,
  name: 'PutBucketAcl',
  method: 'PUT',
  actions: () => ['s3:PutBucketAcl'],
  handle: async ({ request: { headers } }) => {
    const hasGrants = [...headers.keys()].some((name) => name.startsWith('x-amz-grant-'));
    const changesNothing = ['private', 'bucket-owner-full-control'].includes(headers.get('x-amz-acl') ?? '');
    return changesNothing && !hasGrants ? { status: 200, headers: {} } : new Refusal('AccessControlListNotSupported');
  },
};
