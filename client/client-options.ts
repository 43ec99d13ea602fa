import type { Connection } from './connection.ts';
import type { ResumeStore } from './engine/resume-store.ts';
import type { PartHasher } from './hash/part-hasher.ts';
import type { Presence } from './presence.ts';
import type { RetryPolicy } from './retry.ts';
import type { Timing } from './timing.ts';
import type { Transport } from './transport/transport.ts';

export interface ClientOptions {
  /** Where the API answers, the stage's path included: `https://abc.execute-api.eu-west-3.amazonaws.com/prod`. */
  readonly baseUrl: string;
  /** A valid access token; asked for before every request, so it may refresh. What it throws, the caller gets. */
  readonly token: () => string | Promise<string>;
  readonly fetch?: typeof globalThis.fetch;
  /** How files are sent. Default: XMLHttpRequest in browsers, node:http in Node. */
  readonly transport?: Transport;
  readonly retryPolicy?: RetryPolicy;
  readonly timing?: Timing;
  /** For one request to the API. */
  readonly requestTimeoutMilliseconds?: number;
  /** A transfer that moves no byte for so long is tried again. */
  readonly stallTimeoutMilliseconds?: number;
  /** The most files and parts that are sent at a time; how many are is found out. Default: what a browser opens, 16 in Node. */
  readonly connectionsMax?: number;
  /**
   * Whether transfers of a browser, when six are under way, say that they may carry credentials, of which there are none:
   * browsers keep connections of their own for those, so there are 12 rather than 6. Where the storage does not allow it
   * nothing changes.
   * Default: yes.
   */
  readonly usesCredentialPool?: boolean;
  /**
   * Whether a browser sends small files to the bucket's dual-stack name too, which has connections of its own: twice as many
   * again. It has to stand in the page's `connect-src`; where it does not, or the network lets nothing through to it, nothing changes. Default: yes.
   */
  readonly usesDualStack?: boolean;
  /** Reads and hashes. Default: in a worker, where there is one. */
  readonly hasher?: PartHasher;
  /** Where uploads in parts are remembered over a reload. Default: IndexedDB in browsers, nowhere in Node. */
  readonly resumeStore?: ResumeStore;
  /** Whether there is a network. Default in browsers: what the system says. */
  readonly connection?: Connection;
  /** How long `upload` waits for the outcome before it returns the document as it is. Default: until it is settled. */
  readonly outcomeWaitMilliseconds?: number;
  /** Whether anybody is there to see an outcome. Default in browsers: while the page is visible and not offline. */
  readonly presence?: Presence;
}
