import { createCallTagged } from '../../../client/call.ts';
import { createEngine, type EngineContext } from '../../../client/engine/engine.ts';
import { memoryResumeStore, type ResumeStore } from '../../../client/engine/resume-store.ts';
import { createUploads, type Uploads } from '../../../client/engine/uploads.ts';
import { alwaysPresent } from '../../../client/presence.ts';
import { defaultRetryPolicy, patientRetryPolicy } from '../../../client/retry.ts';
import { fakeHasher } from './fake-hasher.ts';
import { hostileFetch } from './hostile-api.ts';
import type { HostileService } from './hostile-service.ts';
import { hostileTransport } from './hostile-storage.ts';

/** The uploads of one page that speaks with that service. */
export function uploadsTo(
  service: HostileService,
  resumeStore: ResumeStore = memoryResumeStore(),
  others: Partial<EngineContext> = {},
): Uploads {
  const { time } = service;
  const base = {
    baseUrl: 'https://api.example',
    token: () => 'good-token',
    fetch: hostileFetch(service),
    timing: time,
    presence: alwaysPresent,
    requestTimeoutMilliseconds: 2 ** 30,
    stallTimeoutMilliseconds: 60_000,
    outcomeWaitMilliseconds: undefined,
    retryPolicy: defaultRetryPolicy,
  };
  const patient = { ...base, retryPolicy: patientRetryPolicy };
  return createUploads(
    createEngine({
      ...base,
      callTagged: createCallTagged(base),
      patient: { ...patient, callTagged: createCallTagged(patient) },
      transport: hostileTransport(service),
      hasher: fakeHasher(),
      resumeStore,
      connectionsMax: () => 6,
      prefersForms: false,
      goesInParts: async (sizeBytes) => sizeBytes > service.aboveSizeBytes,
      ...others,
    }),
  );
}
