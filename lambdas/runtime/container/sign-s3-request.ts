import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildUploadSigner } from './signer.ts';

export const container = () => {
  const environment = environmentOf('sign-s3-request');
  return {
    ...apiSettings(environment),
    documents: buildDocuments(environment.TABLE_NAME),
    signer: buildUploadSigner(environment),
    profile: profileOf(environment),
  };
};
