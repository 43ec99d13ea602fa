import { xhrTransport } from './xhr.ts';

/**
 * One PUT of a whole file or a part of it with the headers the API gave, or the POST of a form. `onSent` gets the bytes
 * sent so far.
 */
export interface PutRequest {
  /** Default: PUT. */
  readonly method?: 'PUT' | 'POST';
  readonly url: string;
  /** The same by the bucket's other name, where it makes no difference. */
  readonly dualStackUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob | Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
  readonly onSent: (bytesDone: number) => void;
  /** It is small, and `onSent` need not be called: a browser that is to tell of it asks the storage beforehand. */
  readonly isQuiet?: boolean;
  /** Over the connections that browsers keep for requests with credentials, see `createPools`. Default: no. */
  readonly withCredentials?: boolean;
}

/**
 * `body` is the start of S3's answer, enough for its error document. `etag` with its quotes, as it came; undefined where
 * CORS does not expose it.
 */
export interface PutAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Resolves with any answer, rejects with a `NetworkError` where none came and with the signal's reason. */
export type Transport = (request: PutRequest) => Promise<PutAnswer>;

/** No page loads what it can never use. */
const laterNodeTransport: Transport = async (request) => (await import('./node-http.ts')).nodeTransport(request);

/**
 * XMLHttpRequest where it exists, for `fetch` tells no upload progress; else node:http, which is also four times as
 * fast as Node's fetch. Looked up at run time, so that no bundler drags Node's modules into a page.
 */
export function defaultTransport(): Transport {
  if (typeof XMLHttpRequest !== 'undefined') return xhrTransport;
  if (typeof process !== 'undefined' && process.getBuiltinModule !== undefined) return laterNodeTransport;
  throw new Error('Neither XMLHttpRequest nor node:http exists here. Give createClient a transport.');
}
