/**
 * What becomes of a condition key in a policy:
 * - `given`: requests carry it wherever those to AWS carry it;
 * - `absent`: no request carries it, as none does on AWS from the place that the local cloud stands for;
 * - `refused`: AWS's requests may carry it and these do not, so a policy that asks for it stops the start.
 */
export type KeyClass = 'given' | 'absent' | 'refused';

export interface KeyGroup {
  readonly class: KeyClass;
  /** Which requests carry the keys, or why none does. */
  readonly why: string;
  /** Separated by spaces. One with a `/` or `:` at the end is a family that takes any suffix. */
  readonly keys: string;
}

/** Keys of "AWS global condition context keys". */
const globalKeys: readonly KeyGroup[] = [
  {
    class: 'given',
    why: 'of every request',
    keys: 'aws:CurrentTime aws:EpochTime aws:PrincipalIsAWSService aws:RequestedRegion aws:ResourceAccount aws:SecureTransport aws:ViaAWSService',
  },
  {
    class: 'given',
    why: 'of requests that a person or a role signed',
    keys: 'aws:PrincipalAccount aws:PrincipalArn aws:PrincipalType aws:SourceIp aws:UserAgent aws:Referer',
  },
  {
    class: 'given',
    why: 'of the session of a role in the template',
    keys: 'aws:userid aws:TokenIssueTime aws:MultiFactorAuthPresent aws:PrincipalTag/',
  },
  { class: 'given', why: 'of an IAM user', keys: 'aws:username' },
  {
    class: 'given',
    why: 'of calls that an AWS service makes under its own name',
    keys: 'aws:PrincipalServiceName aws:SourceAccount aws:SourceArn',
  },
  {
    class: 'absent',
    why: 'the local account is in no organization',
    keys: 'aws:PrincipalOrgID aws:PrincipalOrgPaths aws:ResourceOrgID aws:ResourceOrgPaths aws:SourceOrgID aws:SourceOrgPaths',
  },
  { class: 'absent', why: 'no request comes through a VPC', keys: 'aws:SourceVpc aws:SourceVpce aws:VpcSourceIp' },
  {
    class: 'absent',
    why: 'no service calls another in the name of its caller',
    keys: 'aws:CalledVia aws:CalledViaFirst aws:CalledViaLast',
  },
  {
    class: 'absent',
    why: 'nobody signs in to AWS with another identity provider, a source identity or a second factor',
    keys: 'aws:FederatedProvider aws:SourceIdentity aws:MultiFactorAuthAge',
  },
  {
    class: 'refused',
    why: 'tags of resources are not told to the policies',
    keys: 'aws:RequestTag/ aws:ResourceTag/ aws:TagKeys',
  },
  { class: 'refused', why: 'only one of the names of a service is known', keys: 'aws:PrincipalServiceNamesList' },
];

/** Keys of the services, from the Service Authorization Reference. */
const serviceKeys: readonly KeyGroup[] = [
  {
    class: 'given',
    why: 'of every request to S3',
    keys: 's3:authType s3:ResourceAccount s3:signatureAge s3:signatureversion s3:TlsVersion s3:x-amz-content-sha256',
  },
  { class: 'given', why: 'of requests that name a version', keys: 's3:VersionId' },
  { class: 'given', why: 'of requests about objects that have tags', keys: 's3:ExistingObjectTag/' },
  { class: 'given', why: 'of requests that bring tags', keys: 's3:RequestObjectTag/ s3:RequestObjectTagKeys' },
  { class: 'given', why: 'of listings', keys: 's3:delimiter s3:max-keys s3:prefix' },
  {
    class: 'given',
    why: 'of writes that have the header of that name, or make an object',
    keys: 's3:if-match s3:if-none-match s3:ObjectCreationOperation s3:x-amz-acl s3:x-amz-copy-source s3:x-amz-grant-full-control s3:x-amz-grant-read s3:x-amz-grant-read-acp s3:x-amz-grant-write-acp s3:x-amz-metadata-directive s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-aws-kms-key-id s3:x-amz-storage-class',
  },
  {
    class: 'given',
    why: 'of requests that make a bucket, the headers where they have one of that name',
    keys: 's3:locationconstraint s3:x-amz-grant-write s3:x-amz-object-ownership',
  },
  {
    class: 'absent',
    why: 'a request with the header of that name is refused with NotImplemented before any policy is asked',
    keys: 's3:object-lock-legal-hold s3:object-lock-mode s3:object-lock-retain-until-date s3:x-amz-server-side-encryption-customer-algorithm s3:x-amz-website-redirect-location',
  },
  {
    class: 'absent',
    why: 'no operation that has it is implemented',
    keys: 's3:object-lock-remaining-retention-days',
  },
  {
    class: 'absent',
    why: 'there are no access points',
    keys: 's3:AccessPointNetworkOrigin s3:DataAccessPointAccount s3:DataAccessPointArn',
  },
  { class: 'refused', why: 'tags of buckets are not told to the policies', keys: 's3:BucketTag/' },
  {
    class: 'given',
    why: 'of requests to DynamoDB with the parameter of that name',
    keys: 'dynamodb:ReturnConsumedCapacity dynamodb:ReturnValues dynamodb:Select',
  },
  {
    class: 'given',
    why: 'of requests to DynamoDB that name items by their partition keys',
    keys: 'dynamodb:LeadingKeys',
  },
  { class: 'given', why: 'of events that are put on a bus', keys: 'events:detail-type events:source' },
  {
    class: 'absent',
    why: 'rules are made by the template, and no event comes from another bus',
    keys: 'events:creatorAccount events:eventBusInvocation events:ManagedBy events:TargetArn',
  },
  {
    class: 'given',
    why: 'of requests to Secrets Manager about a secret, a version or a rotation',
    keys: 'secretsmanager:resource/AllowRotationLambdaArn secretsmanager:SecretId secretsmanager:VersionId secretsmanager:VersionStage',
  },
  {
    class: 'refused',
    why: 'secrets are made by the template, and their tags are not told to the policies',
    keys: 'secretsmanager:Description secretsmanager:Name secretsmanager:ResourceTag/',
  },
  {
    class: 'absent',
    why: 'KMS, which is not run, has it in requests to itself only',
    keys: 'kms:CallerAccount kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:GrantIsForAWSResource kms:KeyOrigin kms:KeySpec kms:KeyUsage kms:MultiRegion kms:RequestAlias kms:ResourceAliases kms:ViaService',
  },
  {
    class: 'absent',
    why: 'the service, which is not run, has it in requests to itself only',
    keys: 'sns:Endpoint sns:Protocol cloudwatch:namespace iam:PassedToService iam:AssociatedResourceArn',
  },
];

export const keyGroups: readonly KeyGroup[] = [...globalKeys, ...serviceKeys];
