import { linkTokens } from '../../adapters/link-tokens.ts';
import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments, buildLinks } from './aws.ts';
import { buildSigner } from './signer.ts';

export const container = () => {
  const environment = environmentOf('open-link');
  return {
    ...apiSettings(environment),
    documents: buildDocuments(environment.TABLE_NAME),
    links: buildLinks(environment.TABLE_NAME),
    linkTokens,
    signer: buildSigner(environment.BUCKET_NAME),
  };
};
