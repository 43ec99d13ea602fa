import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildAddress } from './signer.ts';

export const container = () => {
  const environment = environmentOf('get-document');
  return {
    ...apiSettings(environment),
    documents: buildDocuments(environment.TABLE_NAME),
    addressOf: buildAddress(environment.BUCKET_NAME),
  };
};
