import type { Route } from './route.ts';
import { documentRoutes } from './routes/documents.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { lifeRoutes } from './routes/life.ts';
import { listRoutes } from './routes/lists.ts';
import { multipartRoutes } from './routes/multipart.ts';
import { pageRoutes } from './routes/pages.ts';
import { serviceRoutes } from './routes/service.ts';
import { uploadRoutes } from './routes/uploads.ts';

export { answersWithBody, commonProblems, type Route, type Scope, scopes, servesFile } from './route.ts';

/** The one route table. CDK, gateway, handlers and the typed client are derived from it. */
export const routes = {
  ...uploadRoutes,
  ...multipartRoutes,
  ...listRoutes,
  ...documentRoutes,
  ...downloadRoutes,
  ...lifeRoutes,
  ...serviceRoutes,
  ...pageRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

/** Routes that answer with a value, those that programs call. */
export type ValueRouteName = {
  [Name in RouteName]: (typeof routes)[Name]['response'] extends { readonly mediaTypes: unknown } ? never : Name;
}[RouteName];
