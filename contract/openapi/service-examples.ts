import { limits, metadataLimits } from '../limits.ts';

/** Examples of the routes that tell of the installation itself. */

const GiB = 1024 ** 3;
const settings = {
  version: '2f9c1d',
  profile: 'default',
  mediaTypes: [{ name: 'application/pdf', label: 'PDF', extensions: ['.pdf'] }],
  sizeBytesMax: 5 * GiB,
  multipart: { aboveSizeBytes: 16_777_216, expiresInSeconds: 86_400 },
  uploadExpiresInSeconds: 300,
  downloadExpiresInSeconds: 120,
  categories: ['medical', 'images', 'reports', 'admin', 'other'],
  subjectTypes: ['patient', 'clinician', 'case'],
  requiredMetadata: [],
  metadataLimits,
  listLimitMax: limits.listLimitMax,
  isScanned: true,
  retention: { restorableDays: 90, classes: [{ name: 'ten-years', days: 3653 }] },
  caller: { roles: ['patient'], may: { declare: 'own', list: 'concerned', read: 'concerned' }, mustGiveReason: false },
  quotas: [{ scope: 'user', documents: 12, documentsMax: 10_000, sizeBytes: 5_203_118, sizeBytesMax: 100 * GiB }],
};

export const serviceExamples = {
  getHealth: { answer: { status: 'ok' } },
  getSettings: { answer: settings },
  getStorageStatus: {
    answer: {
      bucket: 'amzn-s3-demo-bucket',
      region: 'eu-central-1',
      accessible: true,
      checkedAt: '2026-11-21T10:00:00.000Z',
    },
  },
};
