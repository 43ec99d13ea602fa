import type { Gateway } from './gateway/gateway.ts';
import { serveGateway } from './gateway/http.ts';
import type { Identity } from './identity/identity.ts';
import type { Handler } from './listener.ts';
import type { Page } from './page/page.ts';

const pathOf = (target: string): string => {
  const question = target.indexOf('?');
  return question < 0 ? target : target.slice(0, question);
};

/** One origin for three: what belongs to the identity provider, what is a file of the page, and the API. */
export const createRouter =
  (identity: Identity, page: Page, gateway: Gateway, minimumCompressionSizeBytes?: number): Handler =>
  async (request, response) => {
    const path = pathOf(request.url ?? '/');
    if (path === '/identity' || path.startsWith('/identity/')) return identity.handle(request, response);
    if (page.serve(path, request, response)) return;
    return serveGateway(gateway, request, response, minimumCompressionSizeBytes);
  };
