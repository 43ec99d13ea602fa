import { S3Client } from '@aws-sdk/client-s3';
import { mediaTypeSniffer } from '../../adapters/media-type-sniffer.ts';
import { s3Objects } from '../../adapters/s3/objects.ts';
import { systemClock } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';
import { awsCalls, buildDocuments } from './aws.ts';

export const container = () => {
  const environment = environmentOf('record-upload');
  const client = new S3Client(awsCalls);
  return {
    clock: systemClock,
    documents: buildDocuments(environment.TABLE_NAME),
    objects: s3Objects(client, environment.BUCKET_NAME),
    sniffer: mediaTypeSniffer,
  };
};
