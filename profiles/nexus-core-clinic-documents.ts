import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';

/**
 * Documents of a clinic, attached to any kind of record; download links live for 15 minutes.
 */
export const nexusCoreClinicDocuments: Profile = {
  ...defaultProfile,
  name: 'nexus-core-clinic-documents',
  downloadExpiresInSeconds: 900,
  categories: ['medical', 'images', 'reports', 'admin', 'prescriptions', 'referrals', 'other'],
  subjectTypes: ['patient', 'clinician', 'other'],
  requiredMetadata: ['category'],
};
