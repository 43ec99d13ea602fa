/**
 * What a caller is, by the verified token. `staff` are clinicians and the office, `service` is a back end: a report
 * generator, an OCR job. What each may do is the table in `lambdas/domain/access.ts`.
 */
export const roles = ['patient', 'staff', 'admin', 'service'] as const;

export type Role = (typeof roles)[number];

/** How identity providers name them. Any other name is no role, and without a role nothing is allowed. */
export const roleNames: Readonly<Record<string, Role>> = {
  patient: 'patient',
  clinician: 'staff',
  staff: 'staff',
  admin: 'admin',
  service: 'service',
};
