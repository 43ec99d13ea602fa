import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../local/clock.ts';
import { openDataFolder } from '../../../local/data-folder.ts';
import { planTables } from '../../../local/dynamodb/plan.ts';
import { type LocalDynamoDb, startLocalDynamoDb } from '../../../local/dynamodb/server.ts';
import { createAuthorize } from '../../../local/roles/authorize.ts';
import { roleCredentials } from '../../../local/roles/credentials.ts';
import { planRoles, type Role } from '../../../local/roles/plan.ts';
import { startServices } from '../../../local/services.ts';
import { synthesize } from '../../../local/synthesize.ts';
import { readAssembly, type StackTemplate } from '../../../local/template/assembly.ts';
import { isObject, type Json } from '../../../local/template/json.ts';
import { linkTemplate, type Template } from '../../../local/template/template.ts';
import { apiEvent, authorizer } from '../../support/api-event.ts';

/** Every right to a DynamoDB action that a role of the template has: take one away, and the function must notice. */
const cells = [
  ['request-upload', 'PutItem'],
  ['list-documents', 'Query'],
  ['list-documents', 'BatchGetItem'],
  ['get-document', 'GetItem'],
  ['issue-download', 'GetItem'],
  ['record-upload', 'GetItem'],
  ['record-upload', 'PutItem'],
  ['record-upload', 'UpdateItem'],
] as const;

const directory = mkdtempSync(join(tmpdir(), 'sealdrop-roles-'));
let stacks: readonly StackTemplate[];
let template: Template;
let region: string;

/** Takes actions out of the policies below `value`; a statement that is left with none goes. */
const without = (value: Json, isTaken: (action: Json) => boolean): Json => {
  if (Array.isArray(value)) return value.map((item) => without(item, isTaken)).filter((item) => item !== null);
  if (!isObject(value)) return value;
  if (!('Effect' in value) || !('Action' in value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, without(item, isTaken)]));
  }
  const actions = [value.Action ?? []].flat().filter((action) => !isTaken(action));
  return actions.length === 0 ? null : { ...value, Action: actions };
};

/** The template with the actions taken from the role of one function, whose policy bears its name. */
const templateWithout = (functionName: string, isTaken: (action: Json) => boolean): Template => {
  const policyOf = new RegExp(functionName.replace('-', ''), 'i');
  return linkTemplate(
    stacks.map((stack) => {
      const resources = Object.entries(isObject(stack.template.Resources) ? stack.template.Resources : {}).map(
        ([logicalId, resource]) => {
          const isPolicy = isObject(resource) && /^AWS::IAM::/.test(String(resource.Type)) && policyOf.test(logicalId);
          return [logicalId, isPolicy ? without(resource, isTaken) : resource] as const;
        },
      );
      return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
    }),
  );
};

const functionOf = (functionName: string) => {
  const lambda = template.all('AWS::Lambda::Function').find(({ config }) => config.Role.endsWith(`-${functionName}`));
  if (lambda === undefined) throw new Error(`no function ${functionName}`);
  return lambda;
};

const roleOf = (roles: readonly Role[], functionName: string): Role => {
  const role = roles.find(({ arn }) => arn === functionOf(functionName).config.Role);
  if (role === undefined) throw new Error(`no role of ${functionName}`);
  return role;
};

beforeAll(async () => {
  const assembly = join(directory, 'cdk.out');
  await synthesize('http://127.0.0.1:8080', assembly);
  stacks = readAssembly(assembly);
  template = linkTemplate(stacks);
  region = template.all('AWS::DynamoDB::Table')[0]?.region ?? '';
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true }));

describe('a right to DynamoDB that is missing', () => {
  let dynamodb: LocalDynamoDb;
  let roles: readonly Role[];
  const TableName = () => template.all('AWS::DynamoDB::Table')[0]?.ref ?? '';
  const Key = { pk: { S: 'a' }, sk: { S: 'b' } };

  beforeAll(async () => {
    dynamodb = await startLocalDynamoDb({
      dataDirectory: join(directory, 'dynamodb'),
      region,
      tables: planTables(template),
      credentials: (id) =>
        roles.map((role) => roleCredentials('secret', role, 'session')).find(({ accessKeyId }) => accessKeyId === id),
      authorize: createAuthorize(() => ({ roles, resourcePolicies: new Map() }), new Date()),
    });
  });

  afterAll(() => dynamodb.close());

  const send = (client: DynamoDBClient, action: (typeof cells)[number][1]) => {
    switch (action) {
      case 'GetItem':
        return client.send(new GetItemCommand({ TableName: TableName(), Key }));
      case 'PutItem':
        return client.send(new PutItemCommand({ TableName: TableName(), Item: Key }));
      case 'UpdateItem':
        return client.send(new UpdateItemCommand({ TableName: TableName(), Key }));
      case 'BatchGetItem':
        return client.send(new BatchGetItemCommand({ RequestItems: { [TableName()]: { Keys: [Key] } } }));
      case 'Query':
        return client.send(
          new QueryCommand({
            TableName: TableName(),
            IndexName: 'byOwner',
            KeyConditionExpression: 'ownerPk = :owner',
            ExpressionAttributeValues: { ':owner': { S: 'a' } },
          }),
        );
    }
  };

  it.each(cells)('of %s, %s, is missed by name', async (functionName, action) => {
    const run = async (rights: Template) => {
      roles = planRoles(rights);
      const credentials = roleCredentials('secret', roleOf(roles, functionName), 'session');
      const client = new DynamoDBClient({ endpoint: dynamodb.origin, region, credentials });
      return send(client, action).finally(() => client.destroy());
    };

    await expect(run(template)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    await expect(run(templateWithout(functionName, (name) => name === `dynamodb:${action}`))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`because no identity-based policy allows the dynamodb:${action} action`),
    });
  });

  it('of any role is in the list above', () => {
    const held = template.all('AWS::Lambda::Function').flatMap(({ config }) => {
      const functionName = config.Role.replace(/^.*-local-/, '');
      const taken: Json[] = [];
      templateWithout(functionName, (action) => {
        taken.push(action);
        return false;
      });
      return taken
        .flatMap((name) => /^dynamodb:(.*)$/.exec(String(name))?.[1] ?? [])
        .map((name) => [functionName, name]);
    });
    expect(held.toSorted()).toEqual(cells.map((cell) => [...cell]).toSorted());
  });
});

describe('a function without a right to DynamoDB', () => {
  it('fails as it would on AWS, and its log says so', async () => {
    await using cleanup = new AsyncDisposableStack();
    const folder = openDataFolder(join(directory, 'data'));
    cleanup.defer(() => folder.release());
    const rights = templateWithout('list-documents', (name) => name === 'dynamodb:Query');
    const services = await startServices(rights, { folder, s3Port: 0, clock: systemClock, cleanup });
    const lambda = functionOf('list-documents');
    const expiresAt = String(Math.floor(Date.now() / 1000) + 60);
    const event = apiEvent({ httpMethod: 'GET' }, { ...authorizer, expiresAt });

    const invocation = await services.invoke(lambda.attribute('Arn'), event);

    expect(invocation).toMatchObject({ ok: true, payload: { statusCode: 500 } });
    await cleanup.disposeAsync();
    const log = readFileSync(join(folder.directory, 'logs', `${lambda.ref}.log`), 'utf8');
    expect(log).toMatch(/"code":"REQUEST_FAILED".*"errorName":"AccessDeniedException"/);
  });
});
