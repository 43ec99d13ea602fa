import type { Profile } from '../contract/profile.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** Documents as most clinical applications take them: PDF, JPEG and PNG, at most 5 GiB each. */
export const defaultProfile: Profile = {
  name: 'default',
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
  sizeBytesMax: 5 * GiB,
  // Above it, several connections pay; below, parts would only be more requests.
  multipart: { aboveSizeBytes: 16 * MiB, expiresInSeconds: 86_400 },
  uploadExpiresInSeconds: 300,
  downloadExpiresInSeconds: 120,
  transferSecondsMax: 3600,
  categories: ['medical', 'images', 'reports', 'admin', 'other'],
  subjectTypes: ['patient', 'clinician', 'case'],
  requiredMetadata: [],
  reasonRequiredFrom: [],
  quota: {
    tenant: { documentsMax: 1_000_000, sizeBytesMax: 10_240 * GiB },
    user: { documentsMax: 10_000, sizeBytesMax: 100 * GiB },
  },
  retention: {
    incomingDays: 2,
    rejectedDays: 30,
    deletedDays: 90,
    noncurrentDays: 90,
    // Nobody has to choose one: without a class a document is kept until somebody deletes it.
    classes: {
      'hand-over': { days: 1 },
      quarter: { days: 90 },
      'ten-years': {
        days: 3653,
        transitions: [
          { storageClass: 'STANDARD_IA', days: 90 },
          { storageClass: 'GLACIER_IR', days: 365 },
        ],
      },
      permanent: { days: 36_500, transitions: [{ storageClass: 'INTELLIGENT_TIERING', days: 30 }] },
    },
  },
};
