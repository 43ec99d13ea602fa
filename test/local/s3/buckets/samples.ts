/** Rules with everything that a rule can have, as the SDK gives and takes them. */
export const lifecycleRules = [
  {
    ID: 'everything',
    Status: 'Enabled',
    Filter: { And: { Prefix: 'a/', Tags: [{ Key: 'k', Value: ' v ' }], ObjectSizeGreaterThan: 5 } },
    Expiration: { Days: 400 },
    Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
    NoncurrentVersionTransitions: [{ NoncurrentDays: 31, NewerNoncurrentVersions: 3, StorageClass: 'GLACIER' }],
    NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 2 },
  },
  { ID: 'date', Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Date: new Date('2030-01-01T00:00:00Z') } },
  { ID: 'uploads', Status: 'Enabled', Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } },
  { ID: 'markers', Status: 'Enabled', Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } },
  { ID: 'tag', Status: 'Enabled', Filter: { Tag: { Key: 'date', Value: '2030' } }, Expiration: { Days: 1 } },
];
export const cors = [
  { AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://*.example.com'] },
  {
    ID: 'all',
    AllowedMethods: ['HEAD'],
    AllowedOrigins: ['*'],
    AllowedHeaders: ['x-*'],
    ExposeHeaders: ['etag', 'x-amz-version-id'],
    MaxAgeSeconds: 60,
  },
];
