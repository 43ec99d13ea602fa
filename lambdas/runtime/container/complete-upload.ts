import { partsDigest } from '../../adapters/parts-digest.ts';
import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildUploads } from './multipart.ts';
import { buildObjects } from './objects.ts';
import { buildAddress } from './signer.ts';

export const container = () => {
  const environment = environmentOf('complete-upload');
  return {
    ...apiSettings(environment),
    documents: buildDocuments(environment.TABLE_NAME),
    uploads: buildUploads(environment.BUCKET_NAME),
    objects: buildObjects(environment.BUCKET_NAME),
    digestOfParts: partsDigest,
    addressOf: buildAddress(environment.BUCKET_NAME),
  };
};
