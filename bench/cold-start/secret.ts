/** The secret of the functions' first calls, in the middle of a rotation. */
export const cursorKeySecret = {
  arn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:cursor-key-AbCdEf',
  pendingVersionId: '7d1f5c0e-3f52-4c2c-9a53-5f2f3e7d8a10',
};

/** What Secrets Manager answers, the same whatever is sent. */
export const secretsManager = (operation: string | undefined): object => ({
  ARN: cursorKeySecret.arn,
  VersionId: cursorKeySecret.pendingVersionId,
  ...(operation === 'DescribeSecret' && { VersionIdsToStages: { [cursorKeySecret.pendingVersionId]: ['AWSPENDING'] } }),
  ...(operation === 'GetSecretValue' && { SecretString: 'a'.repeat(64) }),
});
