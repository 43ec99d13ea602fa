import { createCallTagged } from '../call.ts';
import type { ClientOptions } from '../client-options.ts';
import type { ClientContext } from '../context.ts';
import { createPartHasher } from '../hash/part-hasher.ts';
import { patientRetryPolicy } from '../retry.ts';
import type { Timing } from '../timing.ts';
import { connectionsOfPool, createPools } from '../transport/pools.ts';
import { defaultTransport } from '../transport/transport.ts';
import { createEngine } from './engine.ts';
import { goesInPartsBy } from './threshold.ts';
import { createUploads, type Uploads } from './uploads.ts';

/** What fills a data centre's line. */
const connectionsMaxOfPrograms = 16;

/** How files are sent by whom they are sent. */
function sendingOf(timing: Timing, options: ClientOptions) {
  const { transport, connectionsMax } = options;
  const isBrowser = typeof XMLHttpRequest !== 'undefined';
  const isOurs = transport === undefined && isBrowser;
  const one = { transport: transport ?? defaultTransport(), connections: () => connectionsOfPool };
  const pools = isOurs ? createPools(one.transport, timing, options) : one;
  const connections = isBrowser ? pools.connections : () => connectionsMaxOfPrograms;
  return {
    transport: pools.transport,
    // A transport of somebody else's may know nothing of forms.
    prefersForms: isOurs,
    connectionsMax: connectionsMax === undefined ? connections : () => connectionsMax,
  };
}

/** The uploads of a client. Its engine is made by the first one: who only downloads needs no worker. */
export function uploadsOf(context: ClientContext, options: ClientOptions): Uploads {
  const make = (): Uploads => {
    const patient = { ...context, retryPolicy: options.retryPolicy ?? patientRetryPolicy };
    return createUploads(
      createEngine({
        ...context,
        ...sendingOf(context.timing, options),
        hasher: options.hasher ?? createPartHasher(),
        resumeStore: options.resumeStore,
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
