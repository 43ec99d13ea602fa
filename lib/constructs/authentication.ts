import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { IdentitySettings } from '../../contract/identity.ts';
import type { Environment } from '../environment.ts';
import { AppClients } from './app-clients.ts';

export interface AuthenticationProps {
  readonly environment: Environment;
  /** There where the environment's identity is `cognito`. */
  readonly userPool: CfnUserPool | undefined;
}

/** Whom the authorizer trusts; with a user pool, the clients that may ask it for tokens. */
export class Authentication extends Construct {
  readonly settings: IdentitySettings;

  constructor(scope: Construct, id: string, { environment, userPool }: AuthenticationProps) {
    super(scope, id);
    const { identity } = environment;
    if (identity.kind === 'oidc') {
      this.settings = identity;
      return;
    }
    if (userPool === undefined) throw new Error('An environment with Cognito has a user pool.');
    const { page, machines } = new AppClients(this, 'Clients', { environment, identity, userPoolId: userPool.ref });
    const issuer = userPool.attrProviderUrl;
    this.settings = {
      kind: 'cognito',
      issuer,
      pageClientId: page.ref,
      machineClientIds: machines.map(({ ref }) => ref),
    };
    // For the page's config.json.
    const output = (name: string, value: string) => new CfnOutput(Stack.of(this), name, { value });
    output('Issuer', issuer);
    output('PageClientId', page.ref);
  }
}
