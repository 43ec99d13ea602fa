import { createCallTagged } from '../call.ts';
import type { ClientContext } from '../context.ts';
import type { ClientOptions } from '../create-client.ts';
import { createPartHasher } from '../hash/part-hasher.ts';
import { patientRetryPolicy } from '../retry.ts';
import { defaultTransport } from '../transport/transport.ts';
import { createEngine } from './engine.ts';
import { goesInPartsBy } from './threshold.ts';
import { createUploads, type Uploads } from './uploads.ts';

/** What browsers open to one host on HTTP/1.1, which S3 speaks; and what fills a data centre's line. */
const connectionsMaxByDefault = () => (typeof XMLHttpRequest === 'undefined' ? 16 : 6);

/** The uploads of a client. Its engine is made by the first one: who only downloads needs no worker. */
export function uploadsOf(context: ClientContext, options: ClientOptions): Uploads {
  const make = (): Uploads => {
    const patient = { ...context, retryPolicy: options.retryPolicy ?? patientRetryPolicy };
    return createUploads(
      createEngine({
        ...context,
        transport: options.transport ?? defaultTransport(),
        hasher: options.hasher ?? createPartHasher(),
        resumeStore: options.resumeStore,
        connectionsMax: options.connectionsMax ?? connectionsMaxByDefault(),
        patient: { ...patient, callTagged: createCallTagged(patient) },
        goesInParts: goesInPartsBy(context),
      }),
    );
  };
  let made: Uploads | undefined;
  const uploads = () => {
    made ??= make();
    return made;
  };
  return {
    add: (file, uploadOptions) => uploads().add(file, uploadOptions),
    pause: () => uploads().pause(),
    resume: () => uploads().resume(),
  };
}
