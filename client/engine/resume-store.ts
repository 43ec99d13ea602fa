/** What is kept of an upload in parts that is not over: nothing that says what file it is or whose. */
export interface ResumeEntry {
  readonly documentId: string;
  /** When it began, milliseconds since 1970. */
  readonly begunAt: number;
}

/**
 * Uploads that can be gone on with, by the fingerprint of their file. Never rejects: where nothing can be kept an upload
 * goes on all the same, and only begins anew after a reload.
 */
export interface ResumeStore {
  get(fingerprint: string): Promise<ResumeEntry | undefined>;
  put(fingerprint: string, entry: ResumeEntry): Promise<void>;
  remove(fingerprint: string): Promise<void>;
  /**
   * Takes a file for oneself: resolves with what gives it back, undefined where somebody has it, in this page or in
   * another of the same origin. Two that sent parts to one upload would not know what the other did.
   */
  claim(fingerprint: string): Promise<(() => void) | undefined>;
}

/** After that the service has given an upload up as well. */
export const resumableMilliseconds = 7 * 86_400_000;

/** For as long as the program runs. */
export function memoryResumeStore(): ResumeStore {
  const entries = new Map<string, ResumeEntry>();
  const claimed = new Set<string>();
  return {
    get: async (fingerprint) => entries.get(fingerprint),
    put: async (fingerprint, entry) => {
      entries.set(fingerprint, entry);
    },
    remove: async (fingerprint) => {
      entries.delete(fingerprint);
    },
    claim: async (fingerprint) => {
      if (claimed.has(fingerprint)) return undefined;
      claimed.add(fingerprint);
      return () => claimed.delete(fingerprint);
    },
  };
}
