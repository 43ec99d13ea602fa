import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildUploads } from './multipart.ts';

export const container = () => {
  const environment = environmentOf('abort-upload');
  return {
    ...apiSettings(environment),
    documents: buildDocuments(environment.TABLE_NAME),
    uploads: buildUploads(environment.BUCKET_NAME),
  };
};
