import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';

/**
 * Medical documents that patients and clinicians upload: a type, a title, a date and tags; PDF, JPEG and PNG of at most
 * 10 MB; what was deleted goes after 90 days.
 */
export const esanteMedicalDocuments: Profile = {
  ...defaultProfile,
  name: 'esante-medical-documents',
  sizeBytesMax: 10_000_000,
  categories: ['lab_result', 'imaging', 'prescription', 'insurance', 'medical_report', 'other'],
  subjectTypes: ['patient'],
  requiredMetadata: ['category', 'title'],
};
