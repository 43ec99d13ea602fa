/** What can stand between the API and its bucket. */
export const storageFaults = [
  'access-denied',
  'bucket-not-found',
  'invalid-credentials',
  'wrong-region',
  'unreachable',
  'failing',
] as const;

export type StorageFault = (typeof storageFaults)[number];

/** What an operator is told about it: what it means, and what to do next. */
export const storageFaultDetails: Readonly<Record<StorageFault, string>> = {
  'access-denied':
    'S3 refuses the function: its role, the bucket policy or an organization policy denies it. Deploy the service stack again, and look for the denial in CloudTrail.',
  'bucket-not-found':
    'There is no such bucket. Check BUCKET_NAME of the function, and deploy the data stack; a bucket that was deleted is lost with its objects.',
  'invalid-credentials':
    "S3 does not accept the function's credentials. On Lambda they renew themselves: wait a minute. Elsewhere check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and the clock.",
  'wrong-region':
    'The bucket is in another region than the functions, so links to it are not accepted. Deploy both stacks to one region.',
  unreachable:
    'S3 did not answer in time or at all. Check the network of the functions (VPC endpoint, routes, DNS) and the AWS Health Dashboard.',
  failing: 'S3 answers, but with errors of its own. Look at the AWS Health Dashboard and try again in a minute.',
};
