import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { aRecord } from '../../../support/arbitraries.ts';

describe('a record whose write is refused', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const dynamo = mockClient(client);
  const documents = dynamoDocuments({ client, tableName: 'documents' });
  const stored = aRecord({ fileName: 'first.pdf' });
  const refused = (item: object = {}) => new ConditionalCheckFailedException({ message: 'm', $metadata: {}, ...item });

  it('is the one that DynamoDB says is there', async () => {
    dynamo.reset();
    dynamo.on(PutCommand).rejects(refused({ Item: marshall(stored) }));
    expect(await documents.create(aRecord())).toEqual(stored);
  });

  it('is the one that is read where DynamoDB does not say', async () => {
    dynamo.reset();
    dynamo.on(PutCommand).rejects(refused());
    dynamo.on(GetCommand).resolves({ Item: { ...stored } });
    expect(await documents.create(aRecord())).toEqual(stored);
  });

  it('is none for any other reason', async () => {
    dynamo.reset();
    dynamo.on(PutCommand).rejects(new Error('away'));
    await expect(documents.create(aRecord())).rejects.toThrow('away');
  });
});

describe('a list while the table throttles', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const dynamo = mockClient(client);
  const query = { place: { kind: 'owner', tenantId: 'north-clinic', ownerId: 'owner-1' }, limit: 1 } as const;
  const keys = [{ pk: 'p', sk: 'DOC' }];

  it('asks again for what was left unread', async () => {
    const record = aRecord();
    dynamo.on(QueryCommand).resolves({ Items: [{ documentId: record.documentId }] });
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ UnprocessedKeys: { documents: { Keys: keys } } })
      .resolves({
        Responses: { documents: [{ ...record, pk: 'p', sk: 'DOC', ownerPk: 'o', tenantPk: 't', subjectPk: 's' }] },
      });
    const { records } = await dynamoDocuments({ client, tableName: 'documents' }).list(query);
    expect(records).toEqual([record]);
  });

  it('gives up with an error that asks to come back', async () => {
    dynamo.on(BatchGetCommand).resolves({ UnprocessedKeys: { documents: { Keys: keys } } });
    await expect(dynamoDocuments({ client, tableName: 'documents' }).list(query)).rejects.toMatchObject({
      $retryable: { throttling: true },
    });
  });
});
