import type { Draw } from './random.ts';

const everything = 'documents:read documents:write documents:admin';
const later = String(Math.floor(Date.now() / 1000) + 86_400);

const good = { tenantId: 'north-clinic', subjectId: 'owner-1', roles: 'patient', scopes: everything, expiresAt: later };

/** What the authorizer may pass on: mostly people of the clinic, and a few whose token is no good for what they ask. */
const contexts: readonly (object | undefined)[] = [
  ...[good, good, good, good],
  { ...good, roles: 'staff', subjectId: 'staff-1' },
  { ...good, roles: 'admin', subjectId: 'admin-1' },
  { ...good, roles: 'service', subjectId: 'service-1' },
  { ...good, roles: 'patient staff admin service' },
  { ...good, roles: '' },
  { ...good, roles: 'root __proto__ toString' },
  { ...good, tenantId: 'south-clinic', roles: 'admin' },
  { ...good, scopes: 'documents:read' },
  { ...good, scopes: '' },
  { ...good, expiresAt: '1' },
  { ...good, expiresAt: 'NaN' },
  { ...good, tenantId: '' },
  {},
  undefined,
];

export const drawCaller = (draw: Draw): object | undefined => draw.pick(contexts);
