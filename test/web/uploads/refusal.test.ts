import { describe, expect, it } from 'vitest';
import { refusalBy } from '../../../web/src/uploads/refusal.ts';
import { fakeSettings } from '../../client/support/fake-settings.ts';

/** Of that size as far as it says; nobody reads it. */
const fileOf = (sizeBytes: number, name = 'scan.pdf', type = 'application/pdf') =>
  Object.defineProperty(new File(['x'], name, { type }), 'size', { value: sizeBytes });

const settings = {
  ...fakeSettings,
  sizeBytesMax: 1_000_000,
  mediaTypes: fakeSettings.mediaTypes.filter(({ label }) => label !== 'PNG'),
};

describe('refusalBy', () => {
  it('takes what is at the limit, and says of what is above it what the limit is', () => {
    expect(refusalBy(settings, fileOf(1_000_000))).toBeUndefined();
    expect(refusalBy(settings, fileOf(1_000_001))?.message).toBe(
      'The file is too large. Choose a file of at most 1 MB.',
    );
  });

  it('says what is accepted here, going by the name where the system knows no type', () => {
    expect(refusalBy(settings, fileOf(1, 'scan.pdf', ''))).toBeUndefined();
    expect(refusalBy(settings, fileOf(1, 'scan.png', 'image/png'))?.message).toBe(
      'Files of this type are not accepted here. Choose a file of type PDF or JPEG.',
    );
  });

  it('refuses without settings only what no environment takes', () => {
    expect(refusalBy(undefined, fileOf(1e12, 'scan.png', 'image/png'))).toBeUndefined();
    expect(refusalBy(undefined, fileOf(0))?.message).toContain('is empty');
  });
});
