import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { presignForm } from '../../lambdas/signing/presign-form.ts';
import { compare, type Group } from '../compare.ts';
import { bucket, endpoint, expiresInSeconds, key, region, type Signatory, sdkOf } from './signed.ts';

const fields = {
  'content-type': 'application/pdf',
  tagging: '<Tagging><TagSet><Tag><Key>sealdrop-state</Key><Value>incoming</Value></Tag></TagSet></Tagging>',
  success_action_status: '201',
};
const sizeBytesMax = 104_857_600;

/** The same form, by the SDK and by us. The SDK signs with its own clock, so ours reads the clock too. */
export const compareForms = async (signatory: Signatory): Promise<Group> => {
  const { client } = sdkOf(signatory);
  const { credentials } = signatory;
  const bySdk = () =>
    createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Fields: fields,
      Conditions: [['content-length-range', 1, sizeBytesMax]],
      Expires: expiresInSeconds,
    });
  const ours = () => {
    const terms = { endpoint, key, region, credentials, expiresInSeconds, now: new Date() };
    return presignForm({ ...terms, fields, sizeBytesMin: 1, sizeBytesMax });
  };
  const [theirNames, ourNames] = [Object.keys((await bySdk()).fields), Object.keys(ours().fields)];
  if (theirNames.join() !== ourNames.join())
    throw new Error(`The fields of the forms differ: ${theirNames}, ${ourNames}`);
  return compare({
    name: `a form (POST policy), ${signatory.name}`,
    contenders: [
      { name: 'createPresignedPost(client, …)', call: bySdk },
      { name: 'sealdrop presignForm', call: ours },
    ],
    plan: { warmUpRounds: 20, rounds: 60, sampleMsMin: 20 },
    unit: 'µs',
    ratio: 'speed',
  });
};
