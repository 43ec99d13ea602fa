import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';

/**
 * Medical documents that patients and clinicians upload: a type, a title, a date and tags; PDF, JPEG and PNG of at most
 * 10 MB; what was deleted goes after 90 days, and what is old lies where storage is cheap.
 */
export const esanteMedicalDocuments: Profile = {
  ...defaultProfile,
  name: 'esante-medical-documents',
  sizeBytesMax: 10_000_000,
  categories: ['lab_result', 'imaging', 'prescription', 'insurance', 'medical_report', 'other'],
  subjectTypes: ['patient'],
  requiredMetadata: ['category', 'title'],
  retention: {
    ...defaultProfile.retention,
    classes: {
      ...defaultProfile.retention.classes,
      archive: {
        days: 36_500,
        transitions: [
          { storageClass: 'INTELLIGENT_TIERING', days: 30 },
          { storageClass: 'GLACIER_IR', days: 365 },
        ],
      },
    },
    defaultClass: 'archive',
  },
};
