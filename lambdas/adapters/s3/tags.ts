import { GetObjectTaggingCommand, PutObjectTaggingCommand, type Tag } from '@aws-sdk/client-s3';
import { objectStateTagKey, scanTagKey, scanVerdicts } from '../../../contract/states.ts';
import type { ObjectRef, Objects } from '../../ports.ts';
import { type Bucket, unlessGone, versionIn } from './bucket.ts';

/** Undefined where the version is gone. */
const readTags = async (bucket: Bucket, ref: ObjectRef): Promise<Tag[] | undefined> => {
  const answer = await unlessGone(bucket.client.send(new GetObjectTaggingCommand(versionIn(bucket, ref))));
  return answer && (answer.TagSet ?? []);
};

/**
 * The state tag, and the scanner's. S3 knows only whole sets of tags, so the others are read first and written again;
 * nothing is written where the state is right already.
 */
export const tagsOf = (bucket: Bucket): Pick<Objects, 'setState' | 'verdict'> => ({
  setState: async (ref, state) => {
    const tags = await readTags(bucket, ref);
    if (tags === undefined) return false;
    if (tags.some(({ Key, Value }) => Key === objectStateTagKey && Value === state)) return true;
    const TagSet = [...tags.filter(({ Key }) => Key !== objectStateTagKey), { Key: objectStateTagKey, Value: state }];
    const put = new PutObjectTaggingCommand({ ...versionIn(bucket, ref), Tagging: { TagSet } });
    return (await unlessGone(bucket.client.send(put))) !== undefined;
  },

  verdict: async (ref) => {
    const value = (await readTags(bucket, ref))?.find(({ Key }) => Key === scanTagKey)?.Value;
    return scanVerdicts.find((verdict) => verdict === value);
  },
});
