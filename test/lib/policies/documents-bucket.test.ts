import { describe, expect, it } from 'vitest';
import { objectStates } from '../../../contract/states.ts';
import { type Conditions, permissionsOf } from '../support/permissions.ts';
import { synthesize } from '../support/synthesize.ts';

const signed: Conditions = { 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': '300000', 's3:TlsVersion': '1.2' };

const goodPut: Conditions = {
  ...signed,
  's3:if-none-match': '*',
  's3:ObjectCreationOperation': 'true',
  's3:RequestObjectTag/sealdrop-state': 'incoming',
};

const without = (conditions: Conditions, key: string): Conditions =>
  Object.fromEntries(Object.entries(conditions).filter(([name]) => name !== key));

const available: Conditions = { ...signed, 's3:ExistingObjectTag/sealdrop-state': 'available' };
const retag = { ...signed, 's3:RequestObjectTag/sealdrop-state': 'incoming' };

type Case = readonly [what: string, sid: string, action: string, conditions: Conditions];

const cases: readonly Case[] = [
  ['an upload over plain http', 'DenyPlainHttp', 's3:PutObject', { ...goodPut, 'aws:SecureTransport': 'false' }],
  ['a download over plain http', 'DenyPlainHttp', 's3:GetObject', { ...available, 'aws:SecureTransport': 'false' }],
  ['an upload by TLS 1.1', 'DenyTlsBefore12', 's3:PutObject', { ...goodPut, 's3:TlsVersion': '1.1' }],
  ['a download by TLS 1.0', 'DenyTlsBefore12', 's3:GetObjectVersion', { ...available, 's3:TlsVersion': '1.0' }],
  [
    'an upload that may overwrite',
    'DenyUploadWithoutIfNoneMatch',
    's3:PutObject',
    without(goodPut, 's3:if-none-match'),
  ],
  [
    'an upload without a state',
    'DenyUploadWithoutState',
    's3:PutObject',
    without(goodPut, 's3:RequestObjectTag/sealdrop-state'),
  ],
  ...objectStates
    .filter((state) => state !== 'incoming')
    .map(
      (state): Case => [
        `an upload that calls itself ${state}`,
        'DenyUploadInAnotherState',
        's3:PutObject',
        { ...goodPut, 's3:RequestObjectTag/sealdrop-state': state },
      ],
    ),
  [
    'a multipart upload that calls itself available',
    'DenyUploadInAnotherState',
    's3:PutObject',
    { ...signed, 's3:ObjectCreationOperation': 'false', 's3:RequestObjectTag/sealdrop-state': 'available' },
  ],
  ...['s3:GetObject', 's3:GetObjectVersion'].flatMap((action) => [
    ['a read of what has no state', 'DenyReadUnlessAvailable', action, signed] as const,
    ...objectStates
      .filter((state) => state !== 'available')
      .map(
        (state): Case => [
          `a read of what is ${state}`,
          'DenyReadUnlessAvailable',
          action,
          { ...signed, 's3:ExistingObjectTag/sealdrop-state': state },
        ],
      ),
  ]),
  ...['s3:PutObjectTagging', 's3:PutObjectVersionTagging'].flatMap((action): readonly Case[] => [
    [
      'a tag that says available',
      'DenyTaggingOtherThanIncoming',
      action,
      { ...signed, 's3:RequestObjectTag/sealdrop-state': 'available' },
    ],
    ['tags without the state', 'DenyTaggingOtherThanIncoming', action, signed],
    [
      'a new tag on what is available',
      'DenyChangeOfState',
      action,
      { ...retag, 's3:ExistingObjectTag/sealdrop-state': 'available' },
    ],
    [
      'the same tag on what is incoming',
      'DenyChangeOfState',
      action,
      { ...retag, 's3:ExistingObjectTag/sealdrop-state': 'incoming' },
    ],
  ]),
  ['removal of tags', 'DenyRemovalOfState', 's3:DeleteObjectTagging', available],
  ['removal of tags of a version', 'DenyRemovalOfState', 's3:DeleteObjectVersionTagging', available],
  [
    'a key brought along',
    'DenyCustomerKeys',
    's3:PutObject',
    { ...goodPut, 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' },
  ],
  [
    'a link to upload that is too old',
    'DenyOldUploadLinks',
    's3:PutObject',
    { ...goodPut, 's3:signatureAge': '300001' },
  ],
  ...['s3:GetObject', 's3:GetObjectVersion'].map(
    (action): Case => [
      'a link to download that is too old',
      'DenyOldDownloadLinks',
      action,
      { ...available, 's3:signatureAge': '900001' },
    ],
  ),
  [
    'an upload into a cheaper storage class',
    'DenyOtherStorageClasses',
    's3:PutObject',
    { ...goodPut, 's3:x-amz-storage-class': 'ONEZONE_IA' },
  ],
];

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

  it.each([...cases, ...encryption])('denies %s (%s, %s), to an administrator too', (_, sid, action, conditions) => {
    expect(decide('administrator', action, object, conditions)).toEqual({
      allowed: false,
      reason: 'explicit-deny',
      sid,
    });
  });

  it('has no statement that no case needs', () => {
    expect(new Set([...cases, ...encryption].map(([, sid]) => sid))).toEqual(
      new Set(bucketStatements.map(({ Sid }) => Sid)),
    );
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

  it('takes nobody for the verifier whose name only begins like its', () => {
    const impostor = {
      'aws:PrincipalArn': `arn:aws:iam::${stage.environment.account}:role/sealdrop-${stage.environment.name}-record-upload2`,
    };

    expect(decide('administrator', 's3:GetObjectVersion', object, { ...signed, ...impostor })).toMatchObject({
      sid: 'DenyReadUnlessAvailable',
    });
  });
});
