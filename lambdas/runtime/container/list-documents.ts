import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildCursorKeys } from './cursor-keys.ts';
import { buildQuotas } from './quotas.ts';

export const container = () => {
  const environment = environmentOf('list-documents');
  const settings = apiSettings(environment);
  return {
    ...settings,
    documents: buildDocuments(environment.TABLE_NAME),
    cursorKeys: buildCursorKeys(environment, settings.clock),
    totals: { quotas: buildQuotas(environment.TABLE_NAME), profile: profileOf(environment) },
  };
};
