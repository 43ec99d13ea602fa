import { shortDigest } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';
import { apiSettings, profileOf } from './api.ts';
import { buildQuotas } from './quotas.ts';

export const container = () => {
  const environment = environmentOf('get-settings');
  return {
    ...apiSettings(environment),
    quotas: buildQuotas(environment.TABLE_NAME),
    profile: profileOf(environment),
    isScanned: environment.SCANNER !== 'none',
    digest: shortDigest,
  };
};
