import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments } from './aws.ts';
import { buildCursorKeys } from './cursor-keys.ts';
import { buildQuotas } from './quotas.ts';

/** What serves a list that may say how much there is of it. */
export const countedList = (name: 'list-documents' | 'list-own-documents') => {
  const environment = environmentOf(name);
  const settings = apiSettings(environment);
  return {
    ...settings,
    documents: buildDocuments(environment.TABLE_NAME),
    cursorKeys: buildCursorKeys(environment, settings.clock),
    totals: { quotas: buildQuotas(environment.TABLE_NAME), profile: profileOf(environment) },
  };
};
