import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { startAwsStub } from '../../../bench/cold-start/aws-stub.ts';
import { uploadingDocument } from '../../../bench/cold-start/documents.ts';
import { functionEnvironment } from '../../../bench/cold-start/environment.ts';
import { issuerKeyPair } from '../../../bench/cold-start/first-calls.ts';
import { functions } from '../../../contract/functions.ts';
import { type Route, type RouteName, routes, servesFile } from '../../../contract/routes.ts';
import { documentItem } from '../../../lambdas/adapters/dynamodb/items.ts';
import { uuidV7 } from '../../../lambdas/adapters/system.ts';
import { changeOf } from '../../../lambdas/domain/change.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { startTable } from '../../support/dynalite.ts';

const root = join(import.meta.dirname, '../../..');

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export const routeOf = (name: RouteName): Route => routes[name];

/** Those that answer with a value. Files are looked up by name and served as they are: test/lambdas/runtime/page-handler.test.ts. */
export const routeNames = (Object.keys(routes) as RouteName[]).filter((name) => !servesFile(routeOf(name)));

/** A busy machine is slow, and what an answer says is looked at here, not when it comes. */
const context = { awsRequestId: 'a', functionName: 'f', getRemainingTimeInMillis: () => 600_000 } as Context;

const madeAt = new Date('2026-11-21T10:00:00Z');

const people = {
  own: { tenantId: 'north-clinic', ownerId: 'owner-1' },
  colleague: { tenantId: 'north-clinic', ownerId: 'owner-2' },
  foreign: { tenantId: 'south-clinic', ownerId: 'owner-1' },
} as const;

export type Whose = keyof typeof people;

const inParts = { uploadId: 'upload-1', partSizeBytes: 8 * 1024 ** 2, checksumAlgorithm: 'SHA256' } as const;

/** One record of each state that a caller may meet, of each of the people, and one whose bytes come in parts. */
const recordsOf = (whose: Whose): DocumentRecord[] => {
  const uploading = aRecord({ ...people[whose], documentId: uuidV7.next(madeAt), upload: inParts });
  const states = ['pending', 'scanning', 'available', 'rejected', 'expired', 'deleted', 'purged'] as const;
  const ofEachState = states.map((state) => {
    const record = aRecord({ ...people[whose], documentId: uuidV7.next(madeAt) });
    const origin = { at: new Date(record.createdAt), by: 'somebody', cause: 'object-created', requestId: 'r' } as const;
    const change = { ...changeOf('accept', record, origin), to: state };
    return {
      ...record,
      state,
      ...(state !== 'pending' && { lastChange: change, versionId: 'v1' }),
      ...(state === 'deleted' && { deletedFrom: 'available', purgeAfter: '2099-01-01T00:00:00.000Z' }),
      ...(state === 'rejected' && { rejectionReason: 'hash-mismatch' }),
    } as DocumentRecord;
  });
  return [...ofEachState, { ...uploading, state: 'pending', uploadExpiresAt: '2099-01-01T00:00:00.000Z' }];
};

/** Uploads of one's own whose parts are all at the stub: enough that some outlive those who give them up. */
const uploadsOf = (count: number): DocumentRecord[] =>
  Array.from({ length: count }, () => ({
    ...aRecord({ ...people.own, documentId: uuidV7.next(madeAt), upload: inParts }),
    sizeBytes: uploadingDocument.sizeBytes,
    uploadExpiresAt: '2099-01-01T00:00:00.000Z',
  }));

/**
 * Every function behind a route as Lambda would run it, its own container and adapters included: the table is dynalite,
 * everything else of AWS says always the same. What they are given comes from the route table, so none is forgotten.
 */
export const startWorld = async () => {
  const { published } = await issuerKeyPair();
  const [table, stub] = await Promise.all([startTable(), startAwsStub(published)]);
  Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: table.origin });
  const handlers = {} as Record<RouteName, Handler>;
  for (const name of routeNames) {
    const { function: functionName } = routeOf(name);
    Object.assign(process.env, functionEnvironment(functionName, stub.origin));
    handlers[name] = (await import(/* @vite-ignore */ join(root, functions[functionName].entry))).handler;
  }
  const uploads = uploadsOf(30);
  for (const record of uploads)
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: documentItem(record) }));
  const ids = {} as Record<Whose, readonly string[]>;
  for (const whose of Object.keys(people) as Whose[]) {
    const records = recordsOf(whose);
    ids[whose] = records.map(({ documentId }) => documentId);
    for (const record of records)
      await table.client.send(new PutCommand({ TableName: table.tableName, Item: documentItem(record) }));
  }
  return {
    ids,
    uploads: uploads.map(({ documentId }) => documentId),
    missing: () => uuidV7.next(madeAt),
    serve: async (name: RouteName, event: object): Promise<APIGatewayProxyResult & { readonly requestId: string }> => {
      const requestId = randomUUID();
      const { requestContext, ...rest } = event as { requestContext: object };
      const whole = { ...rest, requestContext: { ...requestContext, requestId } } as APIGatewayProxyEvent;
      return { ...(await handlers[name](whole, context)), requestId };
    },
    close: async () => {
      await stub[Symbol.asyncDispose]();
      await table.close();
    },
  };
};

export type World = Awaited<ReturnType<typeof startWorld>>;
