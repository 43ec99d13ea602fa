import * as z from 'zod/mini';

/** Only what is used of S3's event message (S3 user guide, "Event message structure", version 2.x). */
const S3Message = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      s3: z.object({ object: z.object({ key: z.string(), versionId: z.string() }) }),
    }),
  ),
});

const TestMessage = z.object({ Event: z.literal('s3:TestEvent') });

export interface CreatedObject {
  readonly key: string;
  readonly versionId: string;
}

/** S3 writes keys into its notifications as HTML forms do: `+` is a space, the rest is percent-encoded. */
const decodeKey = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

/** The objects a message says were created; `test-event` for the message S3 sends when notifications are set up. */
export const createdObjects = (body: string): readonly CreatedObject[] | 'test-event' => {
  const message: unknown = JSON.parse(body);
  if (z.safeParse(TestMessage, message).success) return 'test-event';
  return z
    .parse(S3Message, message)
    .Records.filter(({ eventName }) => eventName.startsWith('ObjectCreated:'))
    .map(({ s3 }) => ({ key: decodeKey(s3.object.key), versionId: s3.object.versionId }));
};
