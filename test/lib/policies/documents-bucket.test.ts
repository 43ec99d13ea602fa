import { describe, expect, it } from 'vitest';
import { available, type Case, cases, casesOf, goodForm, goodPut, retag, signed } from '../support/denials.ts';
import { type Conditions, permissionsOf } from '../support/permissions.ts';
import { synthesize } from '../support/synthesize.ts';

describe.each(synthesize())('the bucket policy of $environment.name', (stage) => {
  const { decide, bucketArn, bucketStatements } = permissionsOf(stage);
  const object = `${bucketArn}/documents/tenant/ab/document`;
  const kms = stage.environment.encryption === 'kms';
  const encryption: readonly Case[] = [
    [
      'an upload with other encryption',
      'DenyOtherEncryption',
      's3:PutObject',
      { ...goodPut, 's3:x-amz-server-side-encryption': kms ? 'AES256' : 'aws:kms' },
    ],
    ...(kms
      ? [
          [
            'an upload with another key',
            'DenyOtherKmsKeys',
            's3:PutObject',
            {
              ...goodPut,
              's3:x-amz-server-side-encryption': 'aws:kms',
              's3:x-amz-server-side-encryption-aws-kms-key-id':
                'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
            },
          ] as const,
        ]
      : []),
  ];

  const { account, name } = stage.environment;
  const principal = (role: string): Conditions => ({
    'aws:PrincipalArn': `arn:aws:iam::${account}:role/sealdrop-${name}-${role}`,
  });
  const by = (role: string, of: readonly Case[]): readonly Case[] =>
    of.map(([what, sid, action, conditions]) => [what, sid, action, { ...conditions, ...principal(role) }]);
  const every = [
    ...cases,
    ...encryption,
    ...by('request-form', casesOf.formSigner),
    ...by('companion', [...casesOf.formSigner, ...casesOf.completer]),
  ];

  it.each(every)('denies %s (%s, %s), to an administrator too', (_, sid, action, conditions) => {
    expect(decide('administrator', action, object, conditions)).toEqual({
      allowed: false,
      reason: 'explicit-deny',
      sid,
    });
  });

  it('has no statement that no case needs', () => {
    expect(new Set(every.map(([, sid]) => sid))).toEqual(new Set(bucketStatements.map(({ Sid }) => Sid)));
  });

  it.each<[what: string, action: string, conditions: Conditions]>([
    ['an upload that is as it should be', 's3:PutObject', goodPut],
    [
      'the environment’s own encryption, named',
      's3:PutObject',
      { ...goodPut, 's3:x-amz-server-side-encryption': kms ? 'aws:kms' : 'AES256' },
    ],
    ['the storage class it has anyway', 's3:PutObject', { ...goodPut, 's3:x-amz-storage-class': 'STANDARD' }],
    ['the tag of a new object', 's3:PutObjectTagging', retag],
    ['a form of who signs forms', 's3:PutObject', { ...goodForm, ...principal('request-form') }],
    ['a part of a multipart upload', 's3:PutObject', { ...signed, 's3:ObjectCreationOperation': 'false' }],
    ['a read of what is available', 's3:GetObjectVersion', { ...available, 's3:signatureAge': '900000' }],
    [
      'an old signature that is no link',
      's3:GetObject',
      { ...available, 's3:authType': 'REST-HEADER', 's3:signatureAge': '900001' },
    ],
  ])('does not stand in the way of %s', (_, action, conditions) => {
    expect(decide('administrator', action, object, conditions)).toEqual({ allowed: true });
  });
});
