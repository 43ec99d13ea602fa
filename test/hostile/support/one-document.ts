import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { routes } from '../../../contract/routes.ts';
import type { Documents } from '../../../lambdas/ports.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { deleteDocument } from '../../../lambdas/usecases/delete-document.ts';
import { getDocument } from '../../../lambdas/usecases/get-document.ts';
import { getHistory } from '../../../lambdas/usecases/get-history.ts';
import { issueDownload } from '../../../lambdas/usecases/issue-download.ts';
import { restoreDocument } from '../../../lambdas/usecases/restore-document.ts';
import { updateDocument } from '../../../lambdas/usecases/update-document.ts';
import { apiEvent, authorizer, lambdaContext } from '../../support/api-event.ts';
import { spySigner } from '../../support/callers.ts';
import type { documentsWorld } from '../../support/documents-world.ts';

export interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly requestId: string;
}

/** Nobody is in a hurry: what a crowd waits for is each other. */
const context: Context = { ...lambdaContext, getRemainingTimeInMillis: () => 600_000 };

type Deps = ReturnType<typeof documentsWorld>['deps'];

const handlersOver = (ports: Omit<Deps, 'documents'> & { readonly documents: Documents }) => {
  const deps = { ...ports, signer: spySigner().signer, allowedOrigins: [] };
  return {
    get: apiHandler(routes.getDocument, getDocument(deps), deps),
    update: apiHandler(routes.updateDocument, updateDocument(deps), deps),
    remove: apiHandler(routes.deleteDocument, deleteDocument(deps), deps),
    restore: apiHandler(routes.restoreDocument, restoreDocument(deps), deps),
    download: apiHandler(routes.issueDownload, issueDownload(deps), deps),
    history: apiHandler(routes.getHistory, getHistory(deps), deps),
  };
};

export type Call = keyof ReturnType<typeof handlersOver>;

export type Ask = (call: Call, more?: { readonly headers?: object; readonly body?: object }) => Promise<Served>;

/** Asks the real handlers of one document, as its owner, each time as another request. */
export const askOver = (ports: Parameters<typeof handlersOver>[0], documentId: string): Ask => {
  const handlers: Readonly<
    Record<Call, (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>>
  > = handlersOver(ports);
  let requests = 0;
  return async (call, { headers = {}, body } = {}) => {
    requests += 1;
    const requestId = `request-${requests}`;
    const event = apiEvent({
      pathParameters: { documentId },
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      requestContext: { requestId, authorizer, identity: { sourceIp: '203.0.113.7' } },
    });
    const { statusCode, headers: answered = {}, body: text } = await handlers[call](event, context);
    return { status: statusCode, headers: answered, text, requestId };
  };
};
