/**
 * What a caller is, by the verified token. `staff` are clinicians and the office, `service` is a back end: a report
 * generator, an OCR job. What each may do is the table in `lambdas/domain/access.ts`.
 */
export const roles = ['patient', 'staff', 'admin', 'service'] as const;

export type Role = (typeof roles)[number];

/** What a role may do, or not; `GET /v1/settings` tells a caller which. */
export const actions = [
  'declare',
  'upload',
  'list',
  'read',
  'download',
  'share',
  'readHistory',
  'update',
  'delete',
  'restore',
  'readStatus',
] as const;

export type Action = (typeof actions)[number];

/**
 * How far a role reaches with an action. `own`: what the caller declared. `concerned`: that, and what is about the
 * caller (the subject is the patient who asks). `tenant`: every document of the caller's tenant. Nobody ever reaches
 * into another tenant.
 */
export const reaches = ['own', 'concerned', 'tenant'] as const;

export type Reach = (typeof reaches)[number];

/** How identity providers name them. Any other name is no role, and without a role nothing is allowed. */
export const roleNames: Readonly<Record<string, Role>> = {
  patient: 'patient',
  clinician: 'staff',
  staff: 'staff',
  admin: 'admin',
  service: 'service',
};
