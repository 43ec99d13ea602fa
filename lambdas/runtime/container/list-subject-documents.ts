import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildCursorKeys } from './cursor-keys.ts';

export const container = () => {
  const environment = environmentOf('list-subject-documents');
  const settings = apiSettings(environment);
  return {
    ...settings,
    documents: buildDocuments(environment.TABLE_NAME),
    cursorKeys: buildCursorKeys(environment, settings.clock),
  };
};
