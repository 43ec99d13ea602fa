import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments } from './aws.ts';

export const container = () => {
  const environment = environmentOf('update-document');
  return {
    ...apiSettings(environment),
    documents: buildDocuments(environment.TABLE_NAME),
    profile: profileOf(environment),
  };
};
