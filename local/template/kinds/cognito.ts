import { generatedId, inert, type ResourceContext } from '../kind.ts';

const reason = 'the local cloud signs people in itself';

const poolId = (context: ResourceContext): string => `${context.region}_${generatedId(context).slice(0, 9)}`;

/** What a template may have of Cognito. None of it is run: an authorizer that trusts a pool stops the start. */
export const cognitoKinds = {
  'AWS::Cognito::ManagedLoginBranding': inert(reason),
  'AWS::Cognito::UserPool': inert(reason, {
    ref: poolId,
    attributes: {
      ProviderURL: (context) => `https://cognito-idp.${context.region}.amazonaws.com/${poolId(context)}`,
    },
  }),
  'AWS::Cognito::UserPoolClient': inert(reason, { ref: generatedId }),
  'AWS::Cognito::UserPoolDomain': inert(reason),
  'AWS::Cognito::UserPoolGroup': inert(reason),
  'AWS::Cognito::UserPoolResourceServer': inert(reason),
};
