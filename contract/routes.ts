import type { Route } from './route.ts';
import { companionRoutes } from './routes/companion.ts';
import { documentRoutes } from './routes/documents.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { lifeRoutes } from './routes/life.ts';
import { listRoutes } from './routes/lists.ts';
import { multipartRoutes } from './routes/multipart.ts';
import { otherUploadRoutes } from './routes/other-uploads.ts';
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
  ...otherUploadRoutes,
  ...companionRoutes,
  ...pageRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

/** Routes that answer with a value, those that programs call; Uppy's are called by Uppy. */
export type ValueRouteName = {
  [Name in RouteName]: (typeof routes)[Name] extends
    | { readonly response: { readonly mediaTypes: unknown } }
    | { readonly isCompanion: true }
    ? never
    : Name;
}[RouteName];
