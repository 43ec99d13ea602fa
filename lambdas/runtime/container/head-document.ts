import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';

export const container = () => {
  const environment = environmentOf('head-document');
  return { ...apiSettings(environment), documents: buildDocuments(environment.TABLE_NAME) };
};
