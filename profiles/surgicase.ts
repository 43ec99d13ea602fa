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
};
