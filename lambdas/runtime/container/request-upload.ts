import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments } from './aws.ts';
import { claimSettings } from './claims.ts';
import { buildUploads } from './multipart.ts';
import { buildQuotas } from './quotas.ts';
import { buildAddress, buildUploadSigner } from './signer.ts';
import { buildStorageSettings } from './storage-settings.ts';

/** One and many declarations, by a PUT or by a form: each function has an environment, and a role, of its own. */
export const declarations = (name: 'request-upload' | 'request-uploads' | 'request-form' | 'companion') => {
  const environment = environmentOf(name);
  return {
    ...apiSettings(environment),
    ...claimSettings(environment.TABLE_NAME),
    documents: buildDocuments(environment.TABLE_NAME),
    quotas: buildQuotas(environment.TABLE_NAME),
    signer: buildUploadSigner(environment),
    uploads: buildUploads(environment.BUCKET_NAME),
    addressOf: buildAddress(environment.BUCKET_NAME),
    profile: profileOf(environment),
    storageSettings: buildStorageSettings(environment),
  };
};

export const container = () => declarations('request-upload');
