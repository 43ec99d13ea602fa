import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { limits } from '../../contract/limits.ts';
import { Profile } from '../../contract/profile.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { profiles } from '../../profiles/index.ts';

const { multipart } = defaultProfile;

describe('a profile', () => {
  it.each([...profiles])('%s that ships is one, by its name', (name, profile) => {
    expect(z.parse(Profile, profile)).toEqual(profile);
    expect(profile.name).toBe(name);
  });

  it('ships for each of the systems, beside the default', () => expect(profiles.size).toBe(6));

  it.each([undefined, {}, { user: { documentsMax: 1, sizeBytesMax: defaultProfile.sizeBytesMax } }])(
    'may have the quota %j',
    (quota) => {
      expect(z.safeParse(Profile, { ...defaultProfile, quota }).success).toBe(true);
    },
  );

  it('may not be larger than what a function gets of it', () => {
    const profile = {
      ...defaultProfile,
      categories: Array.from({ length: 60 }, (_, index) => `a${'b'.repeat(60)}${index}`),
    };
    expect(z.safeParse(Profile, profile).error?.issues[0]?.message).toMatch(/3072 bytes/);
  });

  it.each([120, 900])('may let a download live for %i seconds', (seconds) => {
    expect(z.safeParse(Profile, { ...defaultProfile, downloadExpiresInSeconds: seconds }).success).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    ['uploadExpiresInSeconds', { uploadExpiresInSeconds: limits.uploadExpiresInSecondsMax + 1 }],
    ['downloadExpiresInSeconds', { downloadExpiresInSeconds: 119 }],
    ['downloadExpiresInSeconds', { downloadExpiresInSeconds: limits.downloadExpiresInSecondsMax + 1 }],
    ['sizeBytesMax', { sizeBytesMax: limits.objectSizeBytesMax + 1 }],
    ['sizeBytesMax', { sizeBytesMax: 0 }],
    ['multipart', { multipart: { ...multipart, aboveSizeBytes: limits.partSizeBytesMin - 1 } }],
    ['multipart', { multipart: { ...multipart, aboveSizeBytes: limits.singlePutSizeBytesMax + 1 } }],
    ['multipart', { multipart: { ...multipart, expiresInSeconds: 3599 } }],
    ['multipart', { multipart: { ...multipart, expiresInSeconds: 604_801 } }],
    ['retention', { multipart: { ...multipart, expiresInSeconds: 172_800 } }],
    ['mediaTypes', { mediaTypes: [] }],
    ['mediaTypes', { mediaTypes: ['image/svg+xml'] }],
    ['categories', { categories: ['lab result'] }],
    ['requiredMetadata', { requiredMetadata: ['category'], categories: [] }],
    ['requiredMetadata', { requiredMetadata: ['subject'], subjectTypes: [] }],
    ['requiredMetadata', { requiredMetadata: ['fileName'] }],
    ['reasonRequiredFrom', { reasonRequiredFrom: ['nobody'] }],
    ['quota', { quota: { user: { documentsMax: 0, sizeBytesMax: 1e12 } } }],
    ['quota', { quota: { tenant: { documentsMax: 1, sizeBytesMax: defaultProfile.sizeBytesMax - 1 } } }],
    ['retention', { retention: { ...defaultProfile.retention, deletedDays: 0 } }],
  ])('may not go beyond the limits in %s', (field, change) => {
    const { error } = z.safeParse(Profile, { ...defaultProfile, ...change });
    expect(error?.issues.map(({ path }) => path[0])).toContain(field);
  });
});
