import * as z from 'zod/mini';
import { IdentitySettings } from '../../../contract/identity.ts';
import { cognitoVerifier } from '../../adapters/identity/cognito-verifier.ts';
import { oidcVerifier } from '../../adapters/identity/oidc-verifier.ts';
import { systemClock } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';

export const container = () => {
  const settings = z.parse(IdentitySettings, JSON.parse(environmentOf('authorize').IDENTITY));
  return {
    verifier: settings.kind === 'oidc' ? oidcVerifier(settings, systemClock) : cognitoVerifier(settings, systemClock),
  };
};
