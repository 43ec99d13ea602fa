import { objectStates } from '../../../contract/states.ts';
import type { Conditions } from './permissions.ts';

/** A link at the very limits of what is allowed. */
export const signed: Conditions = {
  's3:authType': 'REST-QUERY-STRING',
  's3:signatureAge': '300000',
  's3:TlsVersion': '1.2',
};

export const goodPut: Conditions = {
  ...signed,
  's3:if-none-match': '*',
  's3:ObjectCreationOperation': 'true',
  's3:RequestObjectTag/sealdrop-state': 'incoming',
};

/** The scanner's word, as if it had spoken. */
const verdict = { 's3:RequestObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' };

const without = (conditions: Conditions, key: string): Conditions =>
  Object.fromEntries(Object.entries(conditions).filter(([name]) => name !== key));

/** What a form of the application brings; none can carry a condition. */
export const goodForm: Conditions = { ...without(goodPut, 's3:if-none-match'), 's3:authType': 'POST' };

export const available: Conditions = { ...signed, 's3:ExistingObjectTag/sealdrop-state': 'available' };
export const retag = { ...signed, 's3:RequestObjectTag/sealdrop-state': 'incoming' };

/** `sid` is the statement that has to deny it. */
export type Case = readonly [what: string, sid: string, action: string, conditions: Conditions];

/** Requests that S3 has to refuse of the one role, though it lets that role do what it refuses all others. */
export const casesOf = {
  formSigner: [
    [
      'a link of who signs forms that may overwrite',
      'DenyUploadWithoutIfNoneMatchButByForm',
      's3:PutObject',
      without(goodPut, 's3:if-none-match'),
    ],
    [
      'an upload of who signs forms, in its own name, that may overwrite',
      'DenyUploadWithoutIfNoneMatchButByForm',
      's3:PutObject',
      { ...without(goodPut, 's3:if-none-match'), 's3:authType': 'REST-HEADER' },
    ],
    [
      'a form that calls itself available',
      'DenyUploadInAnotherState',
      's3:PutObject',
      { ...goodForm, 's3:RequestObjectTag/sealdrop-state': 'available' },
    ],
    ['a form that brings its verdict', 'DenyUploadWithVerdict', 's3:PutObject', { ...goodForm, ...verdict }],
  ],
  completer: [
    [
      'a form without a state of who completes uploads too',
      'DenyFormWithoutState',
      's3:PutObject',
      without(goodForm, 's3:RequestObjectTag/sealdrop-state'),
    ],
  ],
} satisfies Record<string, readonly Case[]>;

/** Requests that S3 has to refuse in every environment, whoever makes them. */
export const cases: readonly Case[] = [
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
  ['a form of somebody who signs none', 'DenyUploadWithoutIfNoneMatch', 's3:PutObject', goodForm],
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
  ['an upload that brings its verdict', 'DenyUploadWithVerdict', 's3:PutObject', { ...goodPut, ...verdict }],
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
    ['a verdict on what is new', 'DenyVerdictOfOthers', action, { ...retag, ...verdict }],
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
