import { expect, it } from 'vitest';
import { restrictionsOf } from '../../../client/uppy/index.ts';
import { fakeSettings } from '../support/fake-settings.ts';

it('lets Uppy refuse what the environment would: empty, too large, of another type', () => {
  const mediaTypes = [{ name: 'image/jpeg', label: 'JPEG', extensions: ['.jpg', '.jpeg'] }];
  expect(restrictionsOf({ ...fakeSettings, sizeBytesMax: 5000, mediaTypes })).toEqual({
    minFileSize: 1,
    maxFileSize: 5000,
    allowedFileTypes: ['image/jpeg', '.jpg', '.jpeg'],
  });
});
