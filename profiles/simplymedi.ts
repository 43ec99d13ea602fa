import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';

/**
 * Medical reports that other programs read: text recognition fetches them by links that live for 10 minutes.
 */
export const simplyMedi: Profile = {
  ...defaultProfile,
  name: 'simplymedi',
  downloadExpiresInSeconds: 600,
  categories: ['report'],
  subjectTypes: ['patient'],
  requiredMetadata: [],
  retention: {
    ...defaultProfile.retention,
    classes: {
      ...defaultProfile.retention.classes,
      report: {
        days: 36_500,
        transitions: [
          { storageClass: 'STANDARD_IA', days: 30 },
          { storageClass: 'INTELLIGENT_TIERING', days: 90 },
        ],
      },
    },
    defaultClass: 'report',
  },
};
