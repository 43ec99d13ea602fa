import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, SQSEvent } from 'aws-lambda';
import { routes } from '../../contract/routes.ts';
import { dynamoClaims } from '../../lambdas/adapters/dynamodb/claims.ts';
import { dynamoDocuments } from '../../lambdas/adapters/dynamodb/documents.ts';
import { dynamoQuotas } from '../../lambdas/adapters/dynamodb/quotas.ts';
import { eventBridgeEvents } from '../../lambdas/adapters/eventbridge/domain-events.ts';
import { guardDutyScanner } from '../../lambdas/adapters/guardduty/scanner.ts';
import { partsDigest } from '../../lambdas/adapters/parts-digest.ts';
import { s3MultipartUploads } from '../../lambdas/adapters/s3/multipart-uploads.ts';
import { s3ObjectSigner } from '../../lambdas/adapters/s3/object-signer.ts';
import { s3Objects } from '../../lambdas/adapters/s3/objects.ts';
import { apiHandler } from '../../lambdas/runtime/api-handler.ts';
import { scanEventsHandler } from '../../lambdas/runtime/scan-events-handler.ts';
import { sweepHandler } from '../../lambdas/runtime/sweep-handler.ts';
import { uploadEventsHandler } from '../../lambdas/runtime/upload-events-handler.ts';
import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { applyScanResult } from '../../lambdas/usecases/apply-scan-result.ts';
import { countedDocuments } from '../../lambdas/usecases/counted-documents.ts';
import { deleteDocument } from '../../lambdas/usecases/delete-document.ts';
import { issueDownload } from '../../lambdas/usecases/issue-download.ts';
import { abortUpload } from '../../lambdas/usecases/multipart/abort-upload.ts';
import { completeUpload } from '../../lambdas/usecases/multipart/complete-upload.ts';
import { signParts } from '../../lambdas/usecases/multipart/sign-parts.ts';
import { recordUpload } from '../../lambdas/usecases/record-upload.ts';
import { requestUpload } from '../../lambdas/usecases/request-upload.ts';
import { restoreDocument } from '../../lambdas/usecases/restore-document.ts';
import { updateDocument } from '../../lambdas/usecases/update-document.ts';
import { bucketName, hasQuotasOf, profile, quota, sniffer } from './settings.ts';
import type { Invocation } from './world/invocation.ts';
import type { World } from './world/world.ts';

export type ApiFunction =
  | 'request-upload'
  | 'sign-parts'
  | 'complete-upload'
  | 'abort-upload'
  | 'update-document'
  | 'delete-document'
  | 'restore-document'
  | 'issue-download';

const endpoint = s3Endpoint({ bucket: bucketName, region: 'eu-central-1', endpointUrl: undefined });
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const signer = s3ObjectSigner({ endpoint, region: 'eu-central-1', credentials: () => credentials });

/** A client of the SDK's own class, as paginators ask for, whose only working part is `send`. */
const clientOf = <Client>(prototype: object, send: (command: object) => Promise<unknown>): Client =>
  Object.assign(Object.create(prototype), { send });

/** The adapters of one run of a function, every call of theirs in the hands of the world. */
const depsOf = (world: World, invocation: Invocation) => {
  const send = (execute: (command: object) => unknown) => (command: object) =>
    world.calls.send(invocation, command, execute);
  const table = clientOf<DynamoDBDocumentClient>(DynamoDBDocumentClient.prototype, (command) =>
    world.asksEmptyShard(command)
      ? Promise.resolve({ Items: [] })
      : world.calls.send(invocation, command, world.onTable),
  );
  const onceTable = clientOf<DynamoDBDocumentClient>(DynamoDBDocumentClient.prototype, (command) =>
    world.calls.send(invocation, command, world.onTable, 2),
  );
  const bucketClient = clientOf<S3Client>(S3Client.prototype, send(world.onBucket));
  const quotas = dynamoQuotas({ client: table, onceClient: onceTable, tableName: 'documents' });
  const documents = dynamoDocuments({ client: table, tableName: 'documents' });
  const hasQuotas = hasQuotasOf(world.plan);
  // Those of uploads in parts share a clock with those of other uploads: a plan of their own would draw other plans.
  const skew = world.plan.skewOf[invocation.functionName] ?? world.plan.skewOf['request-upload'];
  return {
    clock: { now: () => new Date(world.clock.now + skew) },
    ids: { next: () => world.newDocumentId(skew) },
    documents: hasQuotas ? countedDocuments(documents, quotas) : documents,
    quotas,
    claims: dynamoClaims({ client: table, tableName: 'documents' }),
    objects: s3Objects(bucketClient, bucketName),
    uploads: s3MultipartUploads(bucketClient, bucketName),
    events: eventBridgeEvents(clientOf<EventBridgeClient>(EventBridgeClient.prototype, send(world.onBus)), 'bus'),
    scanner: guardDutyScanner(clientOf<GuardDutyClient>(GuardDutyClient.prototype, send(world.onScanner)), bucketName),
    signer,
    storageSettings: { current: async () => ({}) },
    addressOf: (key: string) => `https://bucket.example/${key}`,
    sniffer,
    digestOfParts: partsDigest,
    isScanned: world.plan.isScanned,
    profile: hasQuotas ? { ...profile, quota } : profile,
    bucketName,
    allowedOrigins: ['https://app.example.org'],
  };
};

type Deps = ReturnType<typeof depsOf>;
type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

const apiHandlers: Readonly<Record<ApiFunction, (deps: Deps) => ApiHandler>> = {
  'request-upload': (deps) => apiHandler(routes.requestUpload, requestUpload(deps), deps),
  'sign-parts': (deps) => apiHandler(routes.signParts, signParts(deps), deps),
  'complete-upload': (deps) => apiHandler(routes.completeUpload, completeUpload(deps), deps),
  'abort-upload': (deps) => apiHandler(routes.abortUpload, abortUpload(deps), deps),
  'update-document': (deps) => apiHandler(routes.updateDocument, updateDocument(deps), deps),
  'delete-document': (deps) => apiHandler(routes.deleteDocument, deleteDocument(deps), deps),
  'restore-document': (deps) => apiHandler(routes.restoreDocument, restoreDocument(deps), deps),
  'issue-download': (deps) => apiHandler(routes.issueDownload, issueDownload(deps), deps),
};

export const runApi =
  (world: World, name: ApiFunction, event: APIGatewayProxyEvent) =>
  (invocation: Invocation): Promise<APIGatewayProxyResult> =>
    apiHandlers[name](depsOf(world, invocation))(event, {} as Context);

export const runUploads = (world: World, event: SQSEvent) => (invocation: Invocation) =>
  uploadEventsHandler(recordUpload(depsOf(world, invocation)))(event);

export const runScanResults = (world: World, event: SQSEvent) => (invocation: Invocation) => {
  const deps = depsOf(world, invocation);
  return scanEventsHandler(applyScanResult(deps), deps)(event);
};

export const runSweep = (world: World, id: string) => (invocation: Invocation) => {
  const getRemainingTimeInMillis = () => invocation.deadline - world.clock.now;
  return sweepHandler(depsOf(world, invocation))({ id }, { getRemainingTimeInMillis });
};
