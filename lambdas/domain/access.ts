import { type Action, reaches as growing, type Role, type Reach as SomeReach } from '../../contract/roles.ts';
import type { Subject } from '../../contract/schemas/metadata.ts';
import type { Caller, DocumentRecord } from './document.ts';

/** How far a role reaches, see contract/roles.ts. */
type Reach = 'nothing' | SomeReach;

/** The whole of who may do what, line by line. What is not here is not allowed. */
const access = {
  declare: { patient: 'own', staff: 'tenant', admin: 'tenant', service: 'tenant' },
  upload: { patient: 'own', staff: 'own', admin: 'own', service: 'own' },
  list: { patient: 'concerned', staff: 'tenant', admin: 'tenant', service: 'tenant' },
  read: { patient: 'concerned', staff: 'tenant', admin: 'tenant', service: 'tenant' },
  download: { patient: 'concerned', staff: 'tenant', admin: 'tenant', service: 'tenant' },
  share: { patient: 'concerned', staff: 'tenant', admin: 'tenant', service: 'tenant' },
  readHistory: { patient: 'own', staff: 'tenant', admin: 'tenant', service: 'own' },
  update: { patient: 'own', staff: 'tenant', admin: 'tenant', service: 'own' },
  delete: { patient: 'own', staff: 'own', admin: 'tenant', service: 'own' },
  restore: { patient: 'own', staff: 'own', admin: 'tenant', service: 'own' },
  readStatus: { patient: 'nothing', staff: 'tenant', admin: 'tenant', service: 'tenant' },
} as const satisfies Readonly<Record<Action, Readonly<Record<Role, Reach>>>>;

type Located = Pick<DocumentRecord, 'tenantId' | 'ownerId' | 'metadata'>;

/** What of a document the table looks at: whose it is, and whom it is about. */
const isAbout = ({ subjectId }: Caller, { metadata }: Located): boolean =>
  metadata?.subject?.type === 'patient' && metadata.subject.id === subjectId;

const reaches = (reach: Reach, caller: Caller, document: Located): boolean => {
  if (document.tenantId !== caller.tenantId) return false;
  if (reach === 'tenant') return true;
  if (reach === 'nothing') return false;
  return document.ownerId === caller.subjectId || (reach === 'concerned' && isAbout(caller, document));
};

/** Whether any of the caller's roles allows the action on this document. */
export const permits = (action: Action, caller: Caller, document: Located): boolean =>
  caller.roles.some((role) => reaches(access[action][role], caller, document));

const nearToFar: readonly Reach[] = ['nothing', ...growing];

/** The farthest that any of the caller's roles reaches with the action; the reaches are in each other's, in order. */
export const reachOf = (action: Action, caller: Caller): Reach =>
  nearToFar.findLast((reach) => caller.roles.some((role) => access[action][role] === reach)) ?? 'nothing';

/** Whether any of the caller's roles allows the action on all documents of the caller's tenant. */
export const permitsInTenant = (action: Action, caller: Caller): boolean =>
  caller.roles.some((role) => access[action][role] === 'tenant');

/** How much a whole tenant holds is for who may see all of it, and not for its patients. */
export const mayKnowTotals = (caller: Caller): boolean => permitsInTenant('list', caller);

/** Whether the caller may list whatever is about a subject, whoever declared it; it need not exist. */
export const mayListAbout = (caller: Caller, subject: Subject): boolean =>
  permits('list', caller, { tenantId: caller.tenantId, ownerId: nobody, metadata: { subject } });

/** Whether the caller may list what they declared; without a role nobody does. */
export const mayListOwn = (caller: Caller): boolean =>
  permits('list', caller, { tenantId: caller.tenantId, ownerId: caller.subjectId });

/** No caller has an empty id. */
const nobody = '';

/** Every role declares documents of its own; without a role nobody does. */
export const mayDeclare = (caller: Caller): boolean =>
  permits('declare', caller, { tenantId: caller.tenantId, ownerId: caller.subjectId });

/** What patients say of a document is about nobody, or about themselves: nobody fills the list of another. */
export const mayBeAbout = (caller: Caller, metadata: Located['metadata']): boolean =>
  metadata?.subject === undefined ||
  permitsInTenant('declare', caller) ||
  isAbout(caller, { tenantId: caller.tenantId, ownerId: caller.subjectId, metadata });
