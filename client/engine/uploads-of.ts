import { limits } from '../../contract/limits.ts';
import { createCallTagged } from '../call.ts';
import type { ClientContext } from '../context.ts';
import type { ClientOptions } from '../create-client.ts';
import { createPartHasher } from '../hash/part-hasher.ts';
import { patientRetryPolicy } from '../retry.ts';
import { defaultTransport } from '../transport/transport.ts';
import { createEngine } from './engine.ts';
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
        goesInParts: byThreshold(context),
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

/** The environment's threshold is asked for once, and only where it matters: it is never below the smallest part. */
function byThreshold({ call }: ClientContext): (sizeBytes: number, signal: AbortSignal) => Promise<boolean> {
  let aboveSizeBytes: number | undefined;
  return async (sizeBytes, signal) => {
    if (sizeBytes <= limits.partSizeBytesMin) return false;
    aboveSizeBytes ??= (await call('getSettings', { signal })).multipart.aboveSizeBytes;
    return sizeBytes > aboveSizeBytes;
  };
}
