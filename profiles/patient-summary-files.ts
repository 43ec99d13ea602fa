import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';

/**
 * Files of a patient's summary: every file is of one patient. Takes the place of a back end that stored them in the
 * background; here the record is `pending` until S3 has the bytes.
 */
export const patientSummaryFiles: Profile = {
  ...defaultProfile,
  name: 'patient-summary-files',
  categories: [],
  subjectTypes: ['patient'],
  requiredMetadata: ['subject'],
};
