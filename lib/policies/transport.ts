import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { deny } from './statement.ts';

/** T18: a bucket answers over TLS 1.2 or newer only. */
export const requireTls = (bucketArn: string): PolicyStatement[] => {
  const everything = { actions: ['s3:*'], resources: [bucketArn, `${bucketArn}/*`] };
  return [
    deny({ sid: 'DenyPlainHttp', ...everything, conditions: { Bool: { 'aws:SecureTransport': 'false' } } }),
    deny({ sid: 'DenyTlsBefore12', ...everything, conditions: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }),
  ];
};
