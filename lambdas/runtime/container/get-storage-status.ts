import { S3Client } from '@aws-sdk/client-s3';
import { s3Probe } from '../../adapters/s3/probe.ts';
import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { awsCalls } from './aws-calls.ts';
import { required } from './signer.ts';

export const container = () => {
  const environment = environmentOf('get-storage-status');
  const { BUCKET_NAME: bucket } = environment;
  const region = required('AWS_REGION');
  return {
    ...apiSettings(environment),
    probe: s3Probe(new S3Client(awsCalls), bucket, region),
    bucket,
    region,
  };
};
