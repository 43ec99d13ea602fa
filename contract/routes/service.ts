import type { Route } from '../route.ts';
import { Health } from '../schemas/health.ts';
import { Settings } from '../schemas/settings.ts';
import { StorageStatus } from '../schemas/storage-status.ts';

/** About the service itself. */
export const serviceRoutes = {
  getStorageStatus: {
    method: 'GET',
    path: '/v1/storage/status',
    summary: 'Whether the API reaches its bucket, and if not, why',
    scopes: ['documents:read'],
    function: 'get-storage-status',
    response: { status: 200, schema: StorageStatus },
    problems: ['not-permitted'],
  },
  getSettings: {
    method: 'GET',
    path: '/v1/settings',
    summary: 'What is accepted here, and what the caller may do',
    scopes: ['documents:read'],
    function: 'get-settings',
    response: { status: 200, schema: Settings },
    entityTag: ({ version }: Settings) => `"${version}"`,
    problems: [],
  },
  getHealth: {
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the API answers; asks nothing else',
    scopes: [],
    isPublic: true,
    function: 'get-health',
    response: { status: 200, schema: Health },
    problems: [],
  },
} as const satisfies Record<string, Route>;
