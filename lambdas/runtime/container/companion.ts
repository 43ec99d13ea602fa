import { linkTokens } from '../../adapters/link-tokens.ts';
import { partsDigest } from '../../adapters/parts-digest.ts';
import { authenticateUpload } from '../../usecases/authenticate-upload.ts';
import { environmentOf } from '../config.ts';
import { buildUploads } from './multipart.ts';
import { buildObjects } from './objects.ts';
import { declarations } from './request-upload.ts';
import { buildUploadTokens } from './upload-tokens.ts';

export const container = () => {
  const { BUCKET_NAME, TABLE_NAME } = environmentOf('companion');
  const deps = declarations('companion');
  const uploadTokens = buildUploadTokens(TABLE_NAME);
  return {
    ...deps,
    uploads: buildUploads(BUCKET_NAME),
    objects: buildObjects(BUCKET_NAME),
    digestOfParts: partsDigest,
    bucket: BUCKET_NAME,
    callerOfUploadToken: authenticateUpload({ clock: deps.clock, uploadTokens, linkTokens }),
  };
};
