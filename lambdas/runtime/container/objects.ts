import { S3Client } from '@aws-sdk/client-s3';
import { s3Objects } from '../../adapters/s3/objects.ts';
import type { Objects } from '../../ports.ts';
import { awsCalls } from './aws-calls.ts';

export const buildObjects = (bucketName: string): Objects => s3Objects(new S3Client(awsCalls), bucketName);
