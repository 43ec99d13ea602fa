import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../lib/environment.ts';
import { environments } from '../../../lib/environments.ts';
import { localOrigin, resourceOf, type Synthesized, stackNames, synthesize } from '../support/synthesize.ts';

const synthesized = synthesize();
const named = (name: string): Synthesized => {
  const found = synthesized.find(({ environment }) => environment.name === name);
  if (!found) throw new Error(`No environment ${name} was synthesized.`);
  return found;
};

/** Every string in a template, with the path of property names that leads to it. */
function stringsIn(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => stringsIn(child, `${path}/${key}`));
}

const allowedOrigins = (stage: Synthesized): readonly string[] =>
  stackNames
    .flatMap((stack) => stringsIn(stage[stack]))
    .filter(([path]) => /Allow(ed)?-?Origin/i.test(path) || path.includes('ALLOWED_ORIGINS'))
    .map(([, text]) => text);

const taggable = new Set([
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

describe.each(synthesized)('the stage $environment.name', (stage) => {
  it('tags everything that takes tags', () => {
    const resources = stackNames.flatMap((stack) => Object.entries(stage[stack].Resources));
    const tagged = resources.filter(([, { Type }]) => taggable.has(Type));

    expect(new Set(tagged.map(([, { Type }]) => Type)).size).toBe(
      taggable.size - (stage.environment.encryption === 'kms' ? 0 : 1),
    );
    for (const [, { Properties }] of tagged) {
      expect(Properties.Tags).toEqual(
        expect.arrayContaining([
          { Key: 'application', Value: 'sealdrop' },
          { Key: 'environment', Value: stage.environment.name },
        ]),
      );
    }
  });

  it('keeps the logical ids of what has state, for another id is another bucket', () => {
    expect({
      bucket: resourceOf(stage.data, 'AWS::S3::Bucket').id,
      table: resourceOf(stage.data, 'AWS::DynamoDB::Table').id,
      cursorKey: resourceOf(stage.data, 'AWS::SecretsManager::Secret').id,
      trailBucket: resourceOf(stage.audit, 'AWS::S3::Bucket').id,
      ...(stage.environment.identity.kind === 'cognito' && {
        userPool: resourceOf(stage.data, 'AWS::Cognito::UserPool').id,
      }),
      ...(stage.environment.encryption === 'kms' && {
        documentsKey: resourceOf(stage.data, 'AWS::KMS::Key', 'DocumentsKey').id,
        tableKey: resourceOf(stage.data, 'AWS::KMS::Key', 'TableKey').id,
        secretsKey: resourceOf(stage.data, 'AWS::KMS::Key', 'SecretsKey').id,
        trailKey: resourceOf(stage.audit, 'AWS::KMS::Key').id,
      }),
    }).toEqual({
      bucket: 'DocumentsBucket9EF07A1A',
      table: 'TableCD117FA1',
      cursorKey: 'CursorKeySecret5217EB22',
      trailBucket: 'LogsBucket8640D480',
      ...(stage.environment.identity.kind === 'cognito' && { userPool: 'UsersPoolDA88963B' }),
      ...(stage.environment.encryption === 'kms' && {
        documentsKey: 'DocumentsKeyF8AA898C',
        tableKey: 'TableKeyF581D96F',
        secretsKey: 'SecretsKey317DCF94',
        trailKey: 'Key961B73FD',
      }),
    });
  });

  it('lets exactly its own origins across (T19)', () => {
    const origins = allowedOrigins(stage);

    expect(origins.length).toBeGreaterThan(20);
    expect(origins.filter((text) => text.includes('*'))).toEqual([]);
    expect(new Set(origins.flatMap((text) => text.match(/https?:\/\/[^'",\]]+/g) ?? []))).toEqual(
      new Set(stage.environment.origins),
    );
  });
});

describe('any environment', () => {
  it('lets no other origin across, and never all of them (T19)', () => {
    const host = fc.stringMatching(/^[a-z]{1,8}(\.[a-z]{1,8}){1,3}$/).map((name) => `https://${name}`);
    const origins = fc.uniqueArray(host, { minLength: 1, maxLength: 4 });
    const [dev] = environments;

    fc.assert(
      fc.property(origins, (given) => {
        const [stage] = synthesize([{ ...(dev as Environment), origins: given }]);
        const texts = stage ? allowedOrigins(stage) : [];
        const found = texts.flatMap((text) => text.match(/https?:\/\/[^'",\]]+/g) ?? []);
        return texts.every((text) => !text.includes('*')) && new Set(found).size === given.length;
      }),
      { numRuns: 5 },
    );
  });
});

describe('the local environment', () => {
  /** What differs by design, made equal: the name, the addresses, the issuer; and digests that follow from them. */
  const normalised = (stage: Synthesized, { name, origins, apiUrl, identity }: Environment): unknown =>
    JSON.parse(
      JSON.stringify(stackNames.map((stack) => stage[stack]))
        .replaceAll(identity.kind === 'oidc' ? identity.issuer : 'no issuer of its own', 'ISSUER')
        .replaceAll(`${apiUrl ?? 'https://$context.domainName/$context.stage'}/problems/`, 'ADDRESS/problems/')
        .replaceAll(origins[0] ?? '', 'ORIGIN')
        .replaceAll(new RegExp(`sealdrop-${name}\\b`, 'g'), 'sealdrop-NAME')
        .replaceAll(new RegExp(`Sealdrop ${name}:`, 'g'), 'Sealdrop NAME:')
        .replaceAll(`"Value":"${name}"`, '"Value":"NAME"')
        .replaceAll(new RegExp(`${name}service(ApiRest|ApiAuthorizer)[0-9A-F]{8}`, 'g'), 'NAMEservice$1')
        .replaceAll(/(ApiPermissionNAMEserviceApiRest[A-Za-z0-9]*?|ApiAuthorizerPermissions)[0-9A-F]{8}/g, '$1')
        .replaceAll(/(ApiRestDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1'),
    );

  it('is the template of dev, but for these values', () => {
    const [dev, local] = [named('dev'), named('local')];

    expect(local.environment.origins).toEqual([localOrigin]);
    expect(normalised(local, local.environment)).toEqual(normalised(dev, dev.environment));
  });
});
