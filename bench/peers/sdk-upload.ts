import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** `request-upload` as it is usually written: the SDK signs, the SDK writes, nothing is validated or bounded. */

const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
const table = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async (event: { body: string }) => {
  const { fileName, mediaType, sizeBytes } = JSON.parse(event.body);
  const documentId = randomUUID();
  await table.send(
    new PutCommand({
      TableName: process.env.TABLE_NAME,
      Item: { pk: documentId, sk: 'DOC', fileName, mediaType, sizeBytes },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  const url = await getSignedUrl(
    s3,
    new PutObjectCommand({
      Bucket: process.env.BUCKET_NAME,
      Key: `documents/${documentId}`,
      ContentType: mediaType,
      ContentLength: sizeBytes,
    }),
    { expiresIn: 300 },
  );
  return { statusCode: 201, body: JSON.stringify({ documentId, url }) };
};
