import { linkTokens } from '../../adapters/link-tokens.ts';
import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildUploadTokens } from './upload-tokens.ts';

export const container = () => {
  const environment = environmentOf('create-upload-token');
  return { ...apiSettings(environment), uploadTokens: buildUploadTokens(environment.TABLE_NAME), linkTokens };
};
