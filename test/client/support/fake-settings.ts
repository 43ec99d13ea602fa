import { mediaTypes } from '../../../contract/media-types.ts';
import { serviceExamples } from '../../../contract/openapi/service-examples.ts';
import { Settings } from '../../../contract/schemas/settings.ts';

/** Takes every type there is and asks for nothing; the caller is a patient. */
export const fakeSettings: Settings = Settings.parse({
  ...serviceExamples.getSettings.answer,
  multipart: { aboveSizeBytes: 16 * 1024 ** 2, expiresInSeconds: 86_400 },
  mediaTypes: Object.entries(mediaTypes).map(([name, type]) => ({ name, ...type })),
});
