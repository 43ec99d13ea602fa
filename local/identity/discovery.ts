import { endpoints } from './names.ts';
import { scopesSupported } from './scopes.ts';
import { signingAlgorithm } from './signing-key.ts';
import { grantTypes } from './token-endpoint.ts';

/** OpenID Connect Discovery 1.0 section 3, with RFC 8414 and RFC 9207. */
export const discoveryDocument = (issuer: string) => ({
  issuer,
  authorization_endpoint: issuer + endpoints.authorize,
  token_endpoint: issuer + endpoints.token,
  jwks_uri: issuer + endpoints.keys,
  scopes_supported: scopesSupported,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: grantTypes,
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [signingAlgorithm],
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce', 'name'],
  request_uri_parameter_supported: false,
  authorization_response_iss_parameter_supported: true,
});
