import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import { functionSettings } from '../../../lib/function-settings.ts';
import {
  type Resource,
  resourceOf,
  resourcesOf,
  statementsOf,
  synthesize,
  type Template,
} from '../support/synthesize.ts';

const functionNames = Object.keys(functions) as FunctionName[];

/** The parts of a function, in a construct of its name. */
const partsOf = (service: Template, name: FunctionName) => {
  const construct = name.replaceAll('-', '');
  return {
    lambda: resourceOf(service, 'AWS::Lambda::Function', `${construct}Function`),
    role: resourceOf(service, 'AWS::IAM::Role', `${construct}Role`),
    policy: resourceOf(service, 'AWS::IAM::ManagedPolicy', `${construct}Policy`),
    log: resourceOf(service, 'AWS::Logs::LogGroup', `${construct}Log`),
  };
};

const variablesOf = ({ Properties }: Resource): Record<string, unknown> =>
  (Properties.Environment as { Variables: Record<string, unknown> }).Variables;

const synthesized = synthesize();

describe.each(synthesized)('the functions of $environment.name', ({ environment, service }) => {
  it('are those of the contract', () => {
    expect(resourcesOf(service, 'AWS::Lambda::Function')).toHaveLength(functionNames.length);
  });

  it.each(functionNames)('%s runs Node 24 on arm64 with a log of its own', (name) => {
    const { lambda, role, log } = partsOf(service, name);
    const { memoryMegabytes, timeoutSeconds } = functionSettings[name];

    expect(lambda.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: memoryMegabytes,
      Timeout: timeoutSeconds,
      Role: { 'Fn::GetAtt': [role.id, 'Arn'] },
      LoggingConfig: { LogGroup: { Ref: log.id } },
    });
    expect(log.Properties.RetentionInDays).toBe(environment.logRetentionDays);
  });

  it.each(functionNames)('%s gets exactly the variables of the contract, and fewer than 4 kB of them', (name) => {
    const variables = variablesOf(partsOf(service, name).lambda);

    expect(Object.keys(variables).sort()).toEqual(
      [...functions[name].environment, 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_SERVICE_NAME'].sort(),
    );
    expect(JSON.stringify(variables).length).toBeLessThan(4096);
  });

  it.each(functionNames)('%s has a role of its own with one policy and nothing else', (name) => {
    const { role, policy } = partsOf(service, name);

    expect(role.Properties).toMatchObject({
      RoleName: `sealdrop-${environment.name}-${name}`,
      ManagedPolicyArns: [{ Ref: policy.id }],
    });
    expect(role.Properties).not.toHaveProperty('Policies');
  });

  it.each(functionNames)('%s may write its own log only', (name) => {
    const { policy, log } = partsOf(service, name);
    const logging = statementsOf(policy).filter(({ Action }) => Action.some((action) => action.startsWith('logs:')));

    expect(logging).toMatchObject([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [log.id, 'Arn'] } },
    ]);
  });

  it('pass on profile and origins as the environment has them', () => {
    const declare = variablesOf(partsOf(service, 'request-upload').lambda);

    expect(JSON.parse(`${declare.PROFILE}`)).toEqual(environment.profile);
    expect(JSON.parse(`${declare.ALLOWED_ORIGINS}`)).toEqual(environment.origins);
  });

  it('are told of in what the stack gives out: where to call, and where alarms are told', () => {
    expect(Object.keys(service.Outputs).map((name) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      ...(environment.identity.kind === 'cognito' ? ['Issuer', 'PageClientId'] : []),
      'AlarmsTopicArn',
      'ApiUrl',
    ]);
  });
});

describe.each(synthesized)('the rights of $environment.name', ({ environment, data, service, audit }) => {
  const templates = [data, service, audit];
  const policies = resourcesOf(service, 'AWS::IAM::ManagedPolicy');

  it('are in managed policies, one for each role, and in no inline policy', () => {
    const roles = templates.flatMap((template) => resourcesOf(template, 'AWS::IAM::Role'));

    expect(roles).toHaveLength(policies.length);
    expect(roles.every(({ Properties }) => (Properties.ManagedPolicyArns as unknown[]).length === 1)).toBe(true);
    expect(new Set(roles.map(({ Properties }) => JSON.stringify(Properties.ManagedPolicyArns))).size).toBe(
      roles.length,
    );
    expect(templates.flatMap((template) => resourcesOf(template, 'AWS::IAM::Policy'))).toEqual([]);
  });

  it('are written out action by action, each statement with its name', () => {
    const statements = policies.flatMap((policy) => statementsOf(policy));

    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(statements.filter(({ Sid }) => Sid === undefined)).toEqual([]);
    expect(JSON.stringify(policies)).not.toMatch(/NotAction|NotResource|NotPrincipal/);
  });

  it('name no whole service, bucket or account', () => {
    const own = policies.filter(({ id }) => !id.startsWith('Api'));
    const scanners = environment.scanner === 'none' ? 0 : 1;
    const wide = own.flatMap((policy) =>
      statementsOf(policy).filter(({ Resource }) => [Resource].flat().includes('*')),
    );

    expect(own).toHaveLength(functionNames.length + scanners);
    // The service authorization reference gives this action no resource type.
    expect(wide.flatMap(({ Action }) => Action)).toEqual(scanners === 0 ? [] : ['guardduty:SendObjectMalwareScan']);
  });

  it('come with no custom resource and no function besides those of the contract', () => {
    const types = templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));

    expect(types.filter((type) => type.startsWith('Custom::') || type.includes('CustomResource'))).toEqual([]);
  });
});
