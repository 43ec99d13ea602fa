import { oidcVerifier } from '../../adapters/identity/oidc-verifier.ts';
import { systemClock } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';

export const container = () => {
  const environment = environmentOf('authorize');
  const settings = {
    issuer: environment.IDENTITY_ISSUER,
    audience: environment.IDENTITY_AUDIENCE,
    tenantClaim: environment.IDENTITY_TENANT_CLAIM,
    rolesClaim: environment.IDENTITY_ROLES_CLAIM,
  };
  return { verifier: oidcVerifier(settings, systemClock) };
};
