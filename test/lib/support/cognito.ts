import type { Environment } from '../../../lib/environment.ts';
import { environments } from '../../../lib/environments.ts';
import type { CognitoIdentity } from '../../../lib/identity.ts';
import { type Resource, resourcesOf, synthesize } from './synthesize.ts';

export const cognito: CognitoIdentity = {
  kind: 'cognito',
  domainPrefix: 'documents-example',
  mfa: 'required',
  tenants: ['north', 'south'],
  machineClients: [
    { name: 'reports', tenant: 'north', scopes: ['documents:write'] },
    { name: 'overview', tenant: 'south', scopes: ['documents:read', 'documents:admin'] },
  ],
};

const [dev] = environments;
if (!dev) throw new Error('There is an environment dev.');

export const base: Environment = { ...dev, identity: cognito };

const [keptStage, looseStage, devStage] = synthesize([
  { ...base, name: 'kept', removal: 'retain', origins: ['https://a.example.com', 'https://b.example.com'] },
  { ...base, name: 'loose', removal: 'destroy', identity: { ...cognito, mfa: 'optional' } },
  dev,
]);
if (!keptStage || !looseStage || !devStage) throw new Error('Three stages were synthesized.');

/** One that retains, one that does not and leaves MFA to people, and one with an identity provider. */
export const stages = { kept: keptStage, loose: looseStage, oidc: devStage };

export const clientNamed = (name: string): Resource & { id: string } => {
  const found = resourcesOf(stages.kept.service, 'AWS::Cognito::UserPoolClient').find(
    ({ Properties }) => Properties.ClientName === name,
  );
  if (!found) throw new Error(`There is no client ${name}.`);
  return found;
};
