import type { RouteName } from '../routes.ts';
import { documentExamples } from './document-examples.ts';
import type { Json, JsonObject } from './json.ts';
import { multipartExamples } from './multipart-examples.ts';
import { otherUploadExamples } from './other-upload-examples.ts';
import type { Examples } from './parameters.ts';
import { serviceExamples } from './service-examples.ts';

/** One call as it looks on the wire, good enough to be sent. Tests parse every part by the route's schemas. */
export interface RouteExample {
  readonly params?: Examples;
  /** Every parameter there is, not that all of them make sense together. */
  readonly query?: Examples;
  readonly body?: JsonObject;
  /** Of JSON; pages have none. */
  readonly answer?: Json;
}

/** Each route has one: whoever adds a route shows how it is called. */
export const routeExamples: Readonly<Record<RouteName, RouteExample>> = {
  ...documentExamples,
  ...multipartExamples,
  ...otherUploadExamples,
  ...serviceExamples,
  getOpenApi: {},
  getDocs: {},
  getDocsFile: { params: { file: 'start.js' } },
  getProblemPage: { params: { kind: 'document-not-found' } },
};
