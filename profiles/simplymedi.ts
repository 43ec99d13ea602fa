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
};
