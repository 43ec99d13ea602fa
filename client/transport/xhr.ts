import { NetworkError } from '../errors.ts';
import type { Transport } from './transport.ts';

/** Read from the whole block: asking by name logs an error in the console where CORS does not expose the header. */
const headerOf = (request: XMLHttpRequest, name: string): string | undefined =>
  new RegExp(`^${name}:(.*)$`, 'im').exec(request.getAllResponseHeaders())?.[1]?.trim();

export const xhrTransport: Transport = (sending) =>
  new Promise((resolve, reject) => {
    const { method = 'PUT', url, headers, body, signal, onSent, isQuiet, withCredentials } = sending;
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const abort = () => {
      request.abort();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    // Who listens has the browser ask the storage first (XMLHttpRequest standard, "upload listener flag").
    if (isQuiet !== true) request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () =>
      resolve({
        status: request.status,
        etag: headerOf(request, 'etag'),
        retryAfter: headerOf(request, 'retry-after'),
        body: request.responseText,
      }),
    );
    request.addEventListener('error', () =>
      reject(new NetworkError('The connection to the storage was lost. Check the network connection and try again.')),
    );
    request.open(method, url);
    request.withCredentials = withCredentials === true;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
