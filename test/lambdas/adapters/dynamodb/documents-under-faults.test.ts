import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { aRecord } from '../../../support/arbitraries.ts';

describe('a record whose first write was answered to nobody', () => {
  const refused = (attempts: number) => new ConditionalCheckFailedException({ message: 'm', $metadata: { attempts } });
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const dynamo = mockClient(client);
  const documents = dynamoDocuments({ client, tableName: 'documents' });

  it('is created by the attempt that finds it there', async () => {
    dynamo.reset();
    dynamo.on(PutCommand).rejectsOnce(refused(2)).resolves({});
    await documents.create(aRecord());
    expect(dynamo.commandCalls(PutCommand).map(({ args }) => args[0].input.Item?.sk)).toEqual(['DOC']);
  });

  it('is not where the first attempt finds it there', async () => {
    dynamo.reset();
    dynamo.on(PutCommand).rejects(refused(1));
    await expect(documents.create(aRecord())).rejects.toThrow(ConditionalCheckFailedException);
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
