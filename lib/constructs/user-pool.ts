import { CfnUserPool, CfnUserPoolDomain, CfnUserPoolGroup, CfnUserPoolResourceServer } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { cognitoNames } from '../../contract/identity.ts';
import { roleNames } from '../../contract/roles.ts';
import { scopes } from '../../contract/routes.ts';
import type { Environment } from '../environment.ts';
import type { CognitoIdentity } from '../identity.ts';
import { names } from '../names.ts';
import { removalPolicy } from '../removal.ts';

export interface UserPoolProps {
  readonly environment: Environment;
  readonly identity: CognitoIdentity;
}

const { tenantGroupPrefix, roleGroupPrefix, apiResourceServer, tenantResourceServer } = cognitoNames;

/** The names that people may have; a `service` is a back end, and those are clients. */
const roleGroups = Object.keys(roleNames).filter((name) => roleNames[name] !== 'service');

/**
 * Who may sign in and whose they are: the pool, its sign-in pages, a group for each tenant and each role, and the scopes
 * that clients may have. The clients are made in the service stack, see ADR 033.
 */
export class UserPool extends Construct {
  readonly pool: CfnUserPool;

  constructor(scope: Construct, id: string, { environment, identity }: UserPoolProps) {
    super(scope, id);
    this.pool = new CfnUserPool(this, 'Pool', poolProps(environment, identity));
    this.pool.applyRemovalPolicy(removalPolicy(environment));
    const userPoolId = this.pool.ref;
    // Version 2 are the pages of "managed login", the only ones that Cognito still develops.
    new CfnUserPoolDomain(this, 'Domain', { userPoolId, domain: identity.domainPrefix, managedLoginVersion: 2 });
    for (const tenant of identity.tenants)
      this.addGroup(userPoolId, `${tenantGroupPrefix}${tenant}`, `People of ${tenant}; everybody is in one tenant`);
    for (const role of roleGroups) this.addGroup(userPoolId, `${roleGroupPrefix}${role}`, `Who is ${role}`);
    new CfnUserPoolResourceServer(this, 'Api', {
      userPoolId,
      identifier: apiResourceServer,
      name: 'Sealdrop API',
      scopes: scopes.map((scopeName) => ({ scopeName, scopeDescription: `The routes that need ${scopeName}` })),
    });
    new CfnUserPoolResourceServer(this, 'Tenants', {
      userPoolId,
      identifier: tenantResourceServer,
      name: 'Tenants of back ends',
      scopes: identity.tenants.map((scopeName) => ({ scopeName, scopeDescription: `Works for ${scopeName}` })),
    });
  }

  /** Administrators of the pool put people into groups; nobody does it for themselves. */
  private addGroup(userPoolId: string, groupName: string, description: string): void {
    new CfnUserPoolGroup(this, groupName, { userPoolId, groupName, description });
  }
}

const poolProps = (environment: Environment, { mfa }: CognitoIdentity) => ({
  userPoolName: names.userPool(environment),
  userPoolTier: 'ESSENTIALS',
  deletionProtection: environment.removal === 'retain' ? 'ACTIVE' : 'INACTIVE',
  // Whoever could sign up by themselves would have no tenant, and an account all the same.
  adminCreateUserConfig: { allowAdminCreateUserOnly: true },
  usernameAttributes: ['email'],
  usernameConfiguration: { caseSensitive: false },
  schema: [{ name: 'email', attributeDataType: 'String', required: true, mutable: true }],
  autoVerifiedAttributes: ['email'],
  userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
  accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
  policies: {
    // NIST SP 800-63B-4, section 3.1.1.2: 15 characters where nothing else is asked for, and no rules of composition.
    passwordPolicy: {
      minimumLength: 15,
      requireLowercase: false,
      requireNumbers: false,
      requireSymbols: false,
      requireUppercase: false,
      temporaryPasswordValidityDays: 3,
    },
  },
  mfaConfiguration: mfa === 'required' ? 'ON' : 'OPTIONAL',
  // An authenticator app only: messages can be read by others.
  enabledMfas: ['SOFTWARE_TOKEN_MFA'],
});
