import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../contract/functions.ts';
import { bundleFunctions } from '../../lib/bundles.ts';
import { defaultProfile } from '../../profiles/default.ts';

const names = Object.keys(functions) as FunctionName[];
const signing: readonly FunctionName[] = ['sign-parts', 'sign-s3-request', 'issue-download', 'open-link'];

const temporary = () => mkdtempSync(join(tmpdir(), 'bundles-'));
const bundles = bundleFunctions(temporary());

/** The files that left bytes in a bundle, not those that were only looked at. */
const inputsOf = (name: FunctionName): readonly string[] => {
  const output = Object.values(bundles.metafile.outputs).find(({ entryPoint }) => entryPoint === functions[name].entry);
  if (!output) throw new Error(`${name} has no bundle.`);
  return Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
};

const packagesOf = (name: FunctionName): ReadonlySet<string> =>
  new Set(inputsOf(name).flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));

const variables = {
  AWS_REGION: 'eu-central-1',
  IDENTITY: JSON.stringify({
    kind: 'oidc',
    issuer: 'https://login.example.com',
    audience: 'sealdrop',
    tenantClaim: 'tenant_id',
    rolesClaim: 'roles',
  }),
  TABLE_NAME: 'table',
  CURSOR_KEY_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:cursor-key-AbCdEf',
  BUCKET_NAME: 'amzn-s3-demo-bucket',
  UPLOAD_ENDPOINT: 'regional',
  PROFILE: JSON.stringify(defaultProfile),
  ALLOWED_ORIGINS: '["https://app.example.com"]',
  EVENT_BUS_NAME: 'bus',
  SCANNER: 'guardduty',
  ENCRYPTION: 's3',
  STORAGE_SETTINGS_SECRET_ARN: 'none',
  SIGN_IN: '{"issuer":"https://login.example.com"}',
};

/** What each function brings that is slow to load. What is on the way of a person who waits brings the least. */
const heavyPackages: Readonly<Record<FunctionName, readonly string[]>> = {
  authorize: [],
  // The second only where there is a secret to read: see lambdas/runtime/container/storage-settings.ts.
  // That of S3 only where a file goes up in parts: see lambdas/runtime/container/multipart.ts.
  'request-upload': ['client-dynamodb', 'client-s3', 'client-secrets-manager'],
  'request-uploads': ['client-dynamodb', 'client-s3', 'client-secrets-manager'],
  'sign-parts': ['client-dynamodb'],
  'request-form': ['client-dynamodb', 'client-s3', 'client-secrets-manager'],
  'create-upload-token': ['client-dynamodb'],
  'sign-s3-request': ['client-dynamodb'],
  companion: ['client-dynamodb', 'client-s3', 'client-secrets-manager'],
  'list-parts': ['client-dynamodb', 'client-s3'],
  'complete-upload': ['client-dynamodb', 'client-s3'],
  'abort-upload': ['client-dynamodb', 'client-s3'],
  'list-documents': ['client-dynamodb', 'client-secrets-manager'],
  'list-own-documents': ['client-dynamodb', 'client-secrets-manager'],
  'list-subject-documents': ['client-dynamodb', 'client-secrets-manager'],
  'get-document': ['client-dynamodb'],
  'head-document': ['client-dynamodb'],
  'issue-download': ['client-dynamodb'],
  'update-document': ['client-dynamodb'],
  'create-link': ['client-dynamodb'],
  'open-link': ['client-dynamodb'],
  'get-history': ['client-dynamodb'],
  'delete-document': ['client-dynamodb', 'client-eventbridge', 'client-s3'],
  'restore-document': ['client-dynamodb', 'client-eventbridge', 'client-s3'],
  'record-upload': ['client-dynamodb', 'client-eventbridge', 'client-s3', 'file-type'],
  'apply-scan-result': ['client-dynamodb', 'client-eventbridge', 'client-s3'],
  sweep: ['client-dynamodb', 'client-eventbridge', 'client-guardduty', 'client-s3', 'file-type'],
  'get-storage-status': ['client-s3'],
  'get-settings': ['client-dynamodb'],
  'get-health': [],
  'api-docs': [],
  'rotate-cursor-key': ['client-secrets-manager'],
};

describe('the bundles', () => {
  it.each(names)('of %s is a CommonJS file whose handler Lambda can call', (name) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--print', "typeof require('./index.cjs').handler"], {
      cwd: bundles.directory(name),
      env: variables,
      encoding: 'utf8',
    });

    expect(`${stdout}${stderr}`).toBe('function\n');
  });

  it('are the same bytes each time, and so the same assets', () => {
    const again = bundleFunctions(temporary());

    for (const name of names) {
      expect(FileSystem.fingerprint(again.directory(name))).toBe(FileSystem.fingerprint(bundles.directory(name)));
    }
  });

  it.each(signing)('of %s, which signs, has no S3 client and no presigner', (name) => {
    expect([...packagesOf(name)].filter((name) => /s3|presign|lib-storage/.test(name))).toEqual([]);
    expect(inputsOf(name).some((path) => path.startsWith('lambdas/signing/'))).toBe(true);
  });

  it.each(names)('of %s have these clients and parsers, and no others', (name) => {
    const heavy = [...packagesOf(name)].filter((each) => each === 'file-type' || /^@aws-sdk\/client-/.test(each));

    expect(heavy.map((each) => each.replace('@aws-sdk/', '')).sort()).toEqual(heavyPackages[name]);
  });

  it.each(names)('of %s looks for credentials in its environment and nowhere else', (name) => {
    const chain = /credential-provider-(?!env)|nested-clients|credential-provider-imds/;
    expect([...packagesOf(name)].filter((each) => chain.test(each))).toEqual([]);
  });

  it.each(names)('of %s has none of the locales of zod, and no source map', (name) => {
    expect(inputsOf(name).filter((path) => /zod\/.*\/locales\/(?!index|en\.)/.test(path))).toEqual([]);
    expect(readFileSync(join(bundles.directory(name), 'index.cjs'), 'utf8')).not.toContain('sourceMappingURL');
  });

  it.each(names)('of %s has no code of infrastructure, clients or tests', (name) => {
    const own = inputsOf(name).filter((path) => !path.includes('node_modules/'));

    expect(own.filter((path) => !/^(lambdas|contract|profiles)\//.test(path))).toEqual([]);
  });
});
