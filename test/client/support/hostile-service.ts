import type { Document } from '../../../contract/schemas/document.ts';
import type { Signed } from './hostile-storage.ts';
import { randomOf, type VirtualTime, virtualTime } from './virtual-time.ts';

/** How likely each fault is at each request, from 0 to 1; `most` is how many there are in all. */
export interface Faults {
  readonly most: number;
  readonly cutBefore: number;
  readonly cutAfter: number;
  readonly stall: number;
  readonly busy: number;
  readonly broken: number;
  readonly expire: number;
  readonly corrupt: number;
  readonly duplicate: number;
  /** The API loses its answers, before and after it carried a request out. */
  readonly apiLost: number;
  readonly apiBroken: number;
  /** The token has ended. */
  readonly unauthenticated: number;
  /** Parts are gone when all of them should be there. */
  readonly partsLost: number;
  /** S3 wants all of them again. */
  readonly restart: number;
  /** Somebody else put other bytes into a part, with a checksum that fits them. */
  readonly foreign: number;
}

export const noFaults: Faults = {
  most: 0,
  cutBefore: 0,
  cutAfter: 0,
  stall: 0,
  busy: 0,
  broken: 0,
  expire: 0,
  corrupt: 0,
  duplicate: 0,
  apiLost: 0,
  apiBroken: 0,
  unauthenticated: 0,
  partsLost: 0,
  restart: 0,
  foreign: 0,
};

export interface StoredUpload {
  readonly body: {
    readonly sizeBytes: number;
    readonly sha256?: string;
    readonly fileName: string;
    readonly transfer?: string;
  };
  readonly algorithm: 'SHA256' | 'CRC64NVME';
  document: Document;
  uploadId: string;
  isEnded: boolean;
  object?: Uint8Array;
  readonly parts: Map<number, { readonly bytes: Uint8Array; readonly checksum: string }>;
}

type Sent = Signed & { readonly at: number };

/** One API and one storage, in memory and on a clock of their own. Honest about what they hold, and nothing else. */
export interface HostileService {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly uploads: Map<string, StoredUpload>;
  /** The answers that were given under each idempotency key, as ids. */
  readonly keys: Map<string, readonly string[]>;
  /** Every request to the storage; those that it took, when; and those that were answered well. */
  readonly sends: Sent[];
  readonly taken: Sent[];
  readonly delivered: Sent[];
  /** Parts that the API said were wanting, as `documentId/partNumber`, and when. */
  readonly wanted: { readonly part: string; readonly at: number }[];
  /** `METHOD path` of every call of the API. */
  readonly calls: string[];
  readonly partSizeBytes: number;
  readonly aboveSizeBytes: number;
  happens(probability: number): boolean;
  /** A random time that something takes. */
  pause(): number;
  /** The object is there; its event settles the document a moment later. */
  store(upload: StoredUpload, bytes: Uint8Array): void;
}

export function hostileService(seed: number, faults: Faults): HostileService {
  const random = randomOf(seed);
  const time = virtualTime(random);
  let left = faults.most;
  return {
    time,
    faults,
    uploads: new Map(),
    keys: new Map(),
    sends: [],
    taken: [],
    delivered: [],
    wanted: [],
    calls: [],
    partSizeBytes: 16,
    aboveSizeBytes: 48,
    happens: (probability) => {
      if (left <= 0 || random() >= probability) return false;
      left -= 1;
      return true;
    },
    pause: () => Math.floor(random() * 200),
    store: (upload, bytes) => {
      upload.object = bytes;
      upload.isEnded = true;
      time.after(Math.floor(random() * 3000), () => {
        upload.document = { ...upload.document, state: 'available', revision: 2 };
      });
    },
  };
}
