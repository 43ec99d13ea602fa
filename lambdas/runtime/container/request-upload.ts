import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments } from './aws.ts';
import { claimSettings } from './claims.ts';
import { buildQuotas } from './quotas.ts';
import { buildAddress, buildSigner } from './signer.ts';
import { buildStorageSettings } from './storage-settings.ts';

export const container = () => {
  const environment = environmentOf('request-upload');
  return {
    ...apiSettings(environment),
    ...claimSettings(environment.TABLE_NAME),
    documents: buildDocuments(environment.TABLE_NAME),
    quotas: buildQuotas(environment.TABLE_NAME),
    signer: buildSigner(environment.BUCKET_NAME),
    addressOf: buildAddress(environment.BUCKET_NAME),
    profile: profileOf(environment),
    storageSettings: buildStorageSettings(environment),
  };
};
