import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDynamoDb, startLocalDynamoDb } from '../../../local/dynamodb/server.ts';
import type { AccessRequest, Decision } from '../../../local/iam/types.ts';

const region = 'eu-west-1';
const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const principal = { arn: 'arn:aws:sts::111122223333:assumed-role/reader/function', accountId: '111122223333' };
const arnOf = (path: string) => `arn:aws:dynamodb:${region}:111122223333:table/${path}`;

const planOf = (TableName: string) => ({
  TableName,
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
});

const Key = { pk: { S: 'a' } };
const noSuchItem = { TableName: 'documents', Key };
const directory = mkdtempSync(join(tmpdir(), 'sealdrop-dynamodb-'));
const clients: DynamoDBClient[] = [];
let dynamodb: LocalDynamoDb;
let asked: AccessRequest[] = [];
let decide: (request: AccessRequest) => Decision = () => ({ allowed: true });

beforeAll(async () => {
  dynamodb = await startLocalDynamoDb({
    dataDirectory: directory,
    region,
    tables: [planOf('documents'), planOf('people')],
    credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
    authorize: (request) => {
      asked.push(request);
      return decide(request);
    },
  });
});

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  asked = [];
  decide = () => ({ allowed: true });
});

afterAll(async () => {
  await dynamodb.close();
  rmSync(directory, { recursive: true });
});

const clientOf = (config: DynamoDBClientConfig = {}) => {
  const client = new DynamoDBClient({ endpoint: dynamodb.origin, region, credentials, maxAttempts: 1, ...config });
  clients.push(client);
  return client;
};

describe('a call to the local DynamoDB', () => {
  it('is done where it is signed and allowed', async () => {
    const client = clientOf();
    await client.send(new PutItemCommand({ TableName: 'documents', Item: { ...Key, name: { S: 'ü' } } }));
    const { Item } = await client.send(new GetItemCommand(noSuchItem));

    expect(Item).toEqual({ ...Key, name: { S: 'ü' } });
    expect(asked).toMatchObject([
      { principal, action: 'dynamodb:PutItem', resource: arnOf('documents') },
      { principal, action: 'dynamodb:GetItem', resource: arnOf('documents') },
    ]);
    expect(asked[0]?.conditions).toMatchObject({
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/reader',
      'aws:RequestedRegion': region,
      'aws:SecureTransport': 'true',
    });
  });

  it.each<[string, Decision, string]>([
    [
      'nothing allows',
      { allowed: false, reason: 'implicit-deny' },
      'because no identity-based policy allows the dynamodb:PutItem action',
    ],
    ['something denies', { allowed: false, reason: 'explicit-deny' }, 'with an explicit deny in a policy'],
  ])("is refused in AWS's words where %s it, and changes nothing", async (_, decision, because) => {
    decide = ({ action }) => (action === 'dynamodb:PutItem' ? decision : { allowed: true });
    const put = new PutItemCommand({ TableName: 'people', Item: Key });

    await expect(clientOf().send(put)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
      message: `User: ${principal.arn} is not authorized to perform: dynamodb:PutItem on resource: ${arnOf('people')} ${because}`,
    });
    expect((await clientOf().send(new GetItemCommand({ TableName: 'people', Key }))).Item).toBeUndefined();
  });

  it('to an index is a call to the index, not to the table', async () => {
    decide = ({ resource }) =>
      resource === arnOf('documents') ? { allowed: true } : { allowed: false, reason: 'implicit-deny' };
    const query = new QueryCommand({ TableName: 'documents', IndexName: 'byOwner', KeyConditionExpression: 'a = b' });
    const scan = new ScanCommand({ TableName: 'documents', IndexName: 'byOwner', Select: 'COUNT' });

    await expect(clientOf().send(query)).rejects.toThrow(arnOf('documents/index/byOwner'));
    await expect(clientOf().send(scan)).rejects.toThrow(arnOf('documents/index/byOwner'));
    expect(asked[1]?.conditions).toMatchObject({ 'dynamodb:Select': 'COUNT' });
  });

  it('with several tables must be allowed on each', async () => {
    decide = ({ resource }) =>
      resource === arnOf('documents') ? { allowed: true } : { allowed: false, reason: 'implicit-deny' };
    const RequestItems = { documents: { Keys: [Key] }, people: { Keys: [Key] } };

    await expect(clientOf().send(new BatchGetItemCommand({ RequestItems }))).rejects.toThrow(arnOf('people'));
  });

  it.each<[string, DynamoDBClientConfig, string]>([
    ['an unknown key', { credentials: { ...credentials, accessKeyId: 'ASIAOTHER' } }, 'UnrecognizedClientException'],
    ['another secret', { credentials: { ...credentials, secretAccessKey: 'other' } }, 'InvalidSignatureException'],
    [
      'another session token',
      { credentials: { ...credentials, sessionToken: 'other' } },
      'UnrecognizedClientException',
    ],
    [
      'no session token',
      { credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey } },
      'UnrecognizedClientException',
    ],
    [
      'the name of who made the tables',
      { credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'local' } },
      'InvalidSignatureException',
    ],
    ['a signature for another region', { region: 'eu-west-3' }, 'IncompleteSignatureException'],
    ['an old signature', { systemClockOffset: -16 * 60_000 }, 'InvalidSignatureException'],
  ])('with %s is refused', async (_, config, name) => {
    await expect(clientOf(config).send(new GetItemCommand(noSuchItem))).rejects.toMatchObject({ name });
    expect(asked).toEqual([]);
  });

  it.each<[string, 'body' | 'x-amz-target' | 'authorization' | 'x-amz-extra', string | undefined, string]>([
    ['another body', 'body', '{"TableName":"people","Key":{"pk":{"S":"a"}}}', 'InvalidSignatureException'],
    ['another operation', 'x-amz-target', 'DynamoDB_20120810.DeleteItem', 'InvalidSignatureException'],
    ['a header of its own', 'x-amz-extra', 'a', 'InvalidSignatureException'],
    ['no signature', 'authorization', undefined, 'MissingAuthenticationTokenException'],
    ['half a signature', 'authorization', 'AWS4-HMAC-SHA256 Credential=a', 'IncompleteSignatureException'],
    ['no JSON', 'body', '{', 'SerializationException'],
    ['no table', 'body', '{}', 'ValidationException'],
  ])('that was given %s after it was signed is refused', async (_, part, value, code) => {
    const client = clientOf();
    const sent = Promise.withResolvers<{ headers: Record<string, string>; body: string }>();
    client.middlewareStack.add(
      (next) => async (args) => {
        sent.resolve(args.request as Awaited<typeof sent.promise>);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await client.send(new GetItemCommand(noSuchItem));
    const { headers, body } = await sent.promise;
    const { host: _host, 'content-length': _length, ...signed } = headers;
    const forged = { ...signed, ...(part !== 'body' && value !== undefined && { [part]: value }) };
    if (value === undefined) delete forged.authorization;
    const answer = await fetch(dynamodb.origin, {
      method: 'POST',
      headers: forged,
      body: part === 'body' ? (value ?? '') : body,
    });

    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: `com.amazon.coral.service#${code}`, message: expect.any(String) },
    ]);
  });

  it.each([
    ['ListTables', new ListTablesCommand({})],
    ['DeleteTable', new DeleteTableCommand({ TableName: 'documents' })],
  ])('that is not known, %s, is refused though dynalite knows it', async (_, command) => {
    await expect(clientOf().send(command as ListTablesCommand)).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });

  it('that is no call at all does not come through to dynalite', async () => {
    const answers = await Promise.all([
      fetch(dynamodb.origin),
      fetch(`${dynamodb.origin}/?X-Amz-Algorithm=AWS4-HMAC-SHA256`, { method: 'POST' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('that is too large is refused', async () => {
    const answer = await fetch(dynamodb.origin, { method: 'POST', body: 'x'.repeat(16 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });
});
