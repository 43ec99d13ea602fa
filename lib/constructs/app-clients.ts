import { CfnManagedLoginBranding, CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { cognitoNames } from '../../contract/identity.ts';
import type { Scope } from '../../contract/routes.ts';
import type { Environment } from '../environment.ts';
import type { CognitoIdentity } from '../identity.ts';

export interface AppClientsProps {
  readonly environment: Environment;
  readonly identity: CognitoIdentity;
  readonly userPoolId: string;
}

/** What the page does for people. Administration is for clients that are made for it. */
const pageScopes: readonly Scope[] = ['documents:read', 'documents:write'];

const apiScopes = (scopes: readonly Scope[]): string[] =>
  scopes.map((scope) => `${cognitoNames.apiResourceServer}/${scope}`);

const tokenMinutes = 60;

/**
 * An hour for tokens: Cognito's sign-in pages keep a cookie that long, and the developer guide ("Understanding the
 * access token") advises against less.
 */
const common = {
  accessTokenValidity: tokenMinutes,
  idTokenValidity: tokenMinutes,
  refreshTokenValidity: tokenMinutes,
  tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'minutes' },
  enableTokenRevocation: true,
  preventUserExistenceErrors: 'ENABLED',
  allowedOAuthFlowsUserPoolClient: true,
};

/**
 * The applications that may ask for tokens. They can be made again at any time, with other ids and secrets, so they
 * stand beside the authorizer, which knows them by their ids.
 */
export class AppClients extends Construct {
  /** Of the page: public, so it has no secret, and proves by PKCE that the code it brings is its own. */
  readonly page: CfnUserPoolClient;
  /** Of the back ends, each with a secret that Cognito makes and keeps. */
  readonly machines: readonly CfnUserPoolClient[];

  constructor(scope: Construct, id: string, { environment, identity, userPoolId }: AppClientsProps) {
    super(scope, id);
    const pages = environment.origins.map((origin) => `${origin}/`);
    this.page = new CfnUserPoolClient(this, 'Page', {
      ...common,
      userPoolId,
      clientName: 'page',
      generateSecret: false,
      allowedOAuthFlows: ['code'],
      allowedOAuthScopes: ['openid', ...apiScopes(pageScopes)],
      supportedIdentityProviders: ['COGNITO'],
      // What the sign-in pages offer follows from it (guide, "Configure authentication methods for managed login"). By
      // SRP the password is not sent. Who signs in by Cognito's API gets a token without a scope of ours.
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      callbackUrLs: pages,
      logoutUrLs: pages,
      readAttributes: ['email', 'email_verified'],
      // A client must be able to write what is required of a user; of the rest, nothing.
      writeAttributes: ['email'],
    });
    // Without a style of their own the sign-in pages of a client are not shown.
    new CfnManagedLoginBranding(this, 'PageStyle', {
      userPoolId,
      clientId: this.page.ref,
      useCognitoProvidedValues: true,
    });
    this.machines = identity.machineClients.map(
      ({ name, tenant, scopes }) =>
        new CfnUserPoolClient(this, `Machine-${name}`, {
          ...common,
          userPoolId,
          clientName: name,
          generateSecret: true,
          // Without a list Cognito adds flows of its own; this one alone lets no person sign in.
          explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
          allowedOAuthFlows: ['client_credentials'],
          allowedOAuthScopes: [...apiScopes(scopes), `${cognitoNames.tenantResourceServer}/${tenant}`],
        }),
    );
  }
}
