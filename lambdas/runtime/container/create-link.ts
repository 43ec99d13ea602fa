import { linkTokens } from '../../adapters/link-tokens.ts';
import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildDocuments, buildLinks } from './aws.ts';
import { claimSettings } from './claims.ts';

export const container = () => {
  const environment = environmentOf('create-link');
  return {
    ...apiSettings(environment),
    ...claimSettings(environment.TABLE_NAME),
    documents: buildDocuments(environment.TABLE_NAME),
    links: buildLinks(environment.TABLE_NAME),
    linkTokens,
    profile: profileOf(environment),
  };
};
