import * as z from 'zod/mini';
import { bodyProblems, type Route } from '../route.ts';
import { DownloadLink, DownloadQuery } from '../schemas/download.ts';
import { DocumentPath } from '../schemas/fields.ts';
import { LinkRequest, OneTimeLink } from '../schemas/link.ts';

/** The ways to its bytes. */
export const downloadRoutes = {
  issueDownload: {
    method: 'GET',
    path: '/v1/documents/{documentId}/download',
    summary: 'A signed GET of an available document',
    scopes: ['documents:read'],
    function: 'issue-download',
    params: DocumentPath,
    query: DownloadQuery,
    response: { status: 200, schema: DownloadLink },
    redirects: true,
    problems: ['document-not-found', 'not-permitted', 'document-not-available'],
  },
  createLink: {
    method: 'POST',
    path: '/v1/documents/{documentId}/links',
    summary: 'A link to an available document that works once, for whoever holds it',
    scopes: ['documents:read', 'documents:write'],
    function: 'create-link',
    params: DocumentPath,
    body: LinkRequest,
    response: { status: 201, schema: OneTimeLink },
    needsApiUrl: true,
    problems: [
      'document-not-found',
      'not-permitted',
      'document-not-available',
      ...bodyProblems,
      'idempotency-key-reused',
    ],
  },
  openLink: {
    method: 'GET',
    path: '/v1/links/{token}',
    summary: 'Use a link that works once: leads to the document, and is worth nothing afterwards',
    scopes: [],
    isPublic: true,
    function: 'open-link',
    params: z.strictObject({ token: z.string() }),
    response: { status: 302, schema: z.never() },
    redirects: true,
    refusesPrefetch: true,
    problems: ['link-not-found', 'link-used-up', 'prefetch-refused'],
  },
} as const satisfies Record<string, Route>;
