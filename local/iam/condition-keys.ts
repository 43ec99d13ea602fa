/**
 * The condition keys of the services Sealdrop uses, from the Service Authorization Reference. A key that is not here
 * is refused: a misspelt key in a Deny would otherwise deny nothing. A `/` or `:` at the end takes any suffix.
 */
const keysByService: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'CalledVia CalledViaFirst CalledViaLast CurrentTime EpochTime FederatedProvider MultiFactorAuthAge',
    'MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths',
    'PrincipalServiceName PrincipalServiceNamesList PrincipalTag/ PrincipalType Referer RequestedRegion RequestTag/',
    'ResourceAccount ResourceOrgID ResourceOrgPaths ResourceTag/ SecureTransport SourceAccount SourceArn SourceIdentity',
    'SourceIp SourceOrgID SourceOrgPaths SourceVpc SourceVpce TagKeys TokenIssueTime UserAgent userid username',
    'ViaAWSService VpcSourceIp',
  ],
  s3: [
    'AccessPointNetworkOrigin authType BucketTag/ DataAccessPointAccount DataAccessPointArn delimiter ExistingObjectTag/',
    'if-match if-none-match locationconstraint max-keys object-lock-legal-hold object-lock-mode',
    'object-lock-remaining-retention-days object-lock-retain-until-date ObjectCreationOperation prefix RequestObjectTag/',
    'RequestObjectTagKeys ResourceAccount signatureAge signatureversion TlsVersion versionid x-amz-acl',
    'x-amz-content-sha256 x-amz-copy-source x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp',
    'x-amz-grant-write x-amz-grant-write-acp x-amz-metadata-directive x-amz-object-ownership',
    'x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-server-side-encryption-customer-algorithm x-amz-storage-class x-amz-website-redirect-location',
  ],
  // Those that the local DynamoDB can tell of a request; a Deny that asks for another would deny nothing.
  dynamodb: ['ReturnConsumedCapacity ReturnValues Select'],
  kms: [
    'CallerAccount EncryptionAlgorithm EncryptionContext: EncryptionContextKeys GrantIsForAWSResource KeyOrigin KeySpec',
    'KeyUsage MultiRegion RequestAlias ResourceAliases ViaService',
  ],
  secretsmanager: ['Description Name ResourceTag/ SecretId VersionId VersionStage resource/AllowRotationLambdaArn'],
  sns: ['Endpoint Protocol'],
  events: ['detail-type source eventBusInvocation'],
  cloudwatch: ['namespace'],
  iam: ['PassedToService AssociatedResourceArn'],
};

const multivalued = new Set(
  [
    'aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths aws:SourceOrgPaths',
    'aws:TagKeys s3:RequestObjectTagKeys kms:EncryptionContextKeys',
    'kms:ResourceAliases',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

const known = new Set(
  Object.entries(keysByService).flatMap(([service, lines]) =>
    lines.flatMap((line) => line.split(' ').map((key) => `${service}:${key}`.toLowerCase())),
  ),
);

/** `aws:PrincipalTag/team` is known by `aws:PrincipalTag/`; a family without a member is not a key. */
const familyOf = (key: string): string | undefined => /^(?<family>\w+:[\w-]+[/:])./.exec(key)?.groups?.family;

export const isKnownConditionKey = (name: string): boolean => {
  const key = name.toLowerCase();
  const family = familyOf(key);
  return known.has(family !== undefined && known.has(family) ? family : key) && !/[/:]$/.test(key);
};

/** Whether a request may hold several values for this key, which asks for ForAllValues or ForAnyValue. */
export const isMultivaluedKey = (name: string): boolean => multivalued.has(name.toLowerCase());

/** `s3` for `s3:prefix`; `aws` for the keys that every service has. */
export const serviceOfKey = (name: string): string => name.slice(0, name.indexOf(':')).toLowerCase();
