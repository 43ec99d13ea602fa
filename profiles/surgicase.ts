import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';

/**
 * Reports that a back end generates: PDF only, with rich attributes, found again by case, provider or payment run.
 */
export const surgiCase: Profile = {
  ...defaultProfile,
  name: 'surgicase',
  mediaTypes: ['application/pdf'],
  categories: ['provider_payments', 'other'],
  subjectTypes: ['provider', 'case', 'payment_run'],
  requiredMetadata: ['category'],
  retention: {
    ...defaultProfile.retention,
    classes: {
      quarter: { days: 90 },
      year: { days: 365 },
      'ten-years': { days: 3653, transitions: [{ storageClass: 'STANDARD_IA', days: 90 }] },
      'hundred-years': { days: 36_500, transitions: [{ storageClass: 'GLACIER_IR', days: 365 }] },
    },
    defaultClass: 'ten-years',
  },
};
