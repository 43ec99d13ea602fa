import type { IncomingMessage } from 'node:http';
import { authorize } from './authorize.ts';
import { errorPage } from './authorize-page.ts';
import { discoveryDocument } from './discovery.ts';
import { endpoints } from './names.ts';
import { isForm, type Parameters, parseParameters, readBody } from './parameters.ts';
import { jsonReply, oauthError, type Reply, textReply } from './reply.ts';
import type { SigningKey } from './signing-key.ts';
import { issueTokens, type TokenDeps } from './token-endpoint.ts';

export interface RouterDeps extends TokenDeps {
  readonly issuer: string;
  readonly key: SigningKey;
}

interface Endpoint {
  readonly methods: Readonly<Record<string, (parameters: Parameters) => Reply | Promise<Reply>>>;
  /** Says that the parameters cannot be read, in the way of this endpoint. */
  refuse(sentence: string, status: number): Reply;
}

const endpointsOf = (deps: RouterDeps): ReadonlyMap<string, Endpoint> => {
  const { issuer, key } = deps;
  const startAddress = `${new URL(issuer).origin}/`;
  const document = (value: unknown): Endpoint => ({
    methods: { GET: () => jsonReply(200, value) },
    refuse: (sentence, status) => textReply(status, sentence),
  });
  return new Map([
    [endpoints.discovery, document(discoveryDocument(issuer))],
    [endpoints.keys, document({ keys: [key.publicJwk] })],
    [
      endpoints.authorize,
      {
        // OpenID Connect Core section 3.1.2.1: both methods. A link must not sign anybody in, so only POST names a person.
        methods: {
          GET: (parameters) => authorize(deps, parameters, undefined),
          POST: (parameters) => authorize(deps, parameters, parameters.get('person')),
        },
        refuse: (sentence, status) => ({ ...errorPage(startAddress, sentence), status }),
      },
    ],
    [
      endpoints.token,
      {
        methods: { POST: (parameters) => issueTokens(deps, parameters) },
        refuse: (sentence, status) => oauthError('invalid_request', sentence, status),
      },
    ],
  ]);
};

/** Answers one request below the issuer's path; what cannot be answered gets a reply that says so. */
export const createRouter = (deps: RouterDeps): ((request: IncomingMessage) => Promise<Reply>) => {
  const table = endpointsOf(deps);
  const base = new URL(deps.issuer).pathname.replace(/\/$/, '');

  return async (request) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const endpoint = path.startsWith(base) ? table.get(path.slice(base.length)) : undefined;
    if (endpoint === undefined) {
      return textReply(404, `Nothing is here. See ${deps.issuer}${endpoints.discovery} for what there is.`);
    }
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const answer = endpoint.methods[method];
    if (answer === undefined) {
      const allow = Object.keys(endpoint.methods).join(', ');
      return textReply(405, `This address answers to ${allow} only.`, { allow });
    }
    if (method === 'POST' && !isForm(request)) {
      return endpoint.refuse('Send the parameters as application/x-www-form-urlencoded.', 415);
    }
    const text = method === 'POST' ? await readBody(request) : query;
    if (text === undefined) return endpoint.refuse('The request is too large.', 413);
    const parameters = parseParameters(text);
    return parameters === undefined ? endpoint.refuse('A parameter is given twice.', 400) : answer(parameters);
  };
};
