import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { exposedHeaders } from '../../contract/cors.ts';
import { type ProblemKind, problemContentType, problemKinds, problemType } from '../../contract/problems.ts';
import type { Environment } from '../environment.ts';

interface Answer {
  readonly kind: ProblemKind;
  /** What to do next. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const later = { 'Retry-After': '1' };

const routeNotFound: Answer = {
  kind: 'route-not-found',
  detail: 'Check the method and the path of the request against the routes of this API.',
};
const busy: Answer = {
  kind: 'service-unavailable',
  detail: 'Nothing was lost. Wait a moment and try again.',
  headers: later,
};
const tooMany: Answer = {
  kind: 'too-many-requests',
  detail: 'Wait a moment and try again, with longer pauses between requests.',
  headers: later,
};
const failed: Answer = {
  kind: 'internal-error',
  detail: 'Nothing was lost. Try again; if it happens again, report the request id.',
};

/**
 * What the gateway answers by itself, by its own names (developer guide, "Gateway response types").
 *
 * A path or method that is no route is MISSING_AUTHENTICATION_TOKEN to it, or, with a bearer token on the request, an
 * IAM signature it cannot read. No route here is authorized by IAM, so the rest of 4xx means the same.
 */
const answers: readonly (readonly [ResponseType, Answer])[] = [
  [
    ResponseType.UNAUTHORIZED,
    {
      kind: 'unauthenticated',
      detail: 'Sign in again and send the new access token as "Authorization: Bearer …".',
      // RFC 9110 section 15.5.2: a 401 MUST say how to authenticate.
      headers: { 'WWW-Authenticate': 'Bearer' },
    },
  ],
  [
    ResponseType.ACCESS_DENIED,
    {
      kind: 'insufficient-scope',
      detail: 'Sign in with the scope that this route needs, or ask your administrator for it.',
    },
  ],
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, routeNotFound],
  [ResponseType.INVALID_SIGNATURE, routeNotFound],
  [ResponseType.RESOURCE_NOT_FOUND, routeNotFound],
  [ResponseType.DEFAULT_4XX, routeNotFound],
  [ResponseType.BAD_REQUEST_BODY, { kind: 'malformed-json', detail: 'Send the body as one valid JSON object.' }],
  [
    ResponseType.BAD_REQUEST_PARAMETERS,
    { kind: 'invalid-request', detail: 'Correct the parameters of the request and send it again.' },
  ],
  [
    ResponseType.REQUEST_TOO_LARGE,
    {
      kind: 'body-too-large',
      detail: 'A declaration is small JSON. The bytes of a file go to the signed URL, not here.',
    },
  ],
  [
    ResponseType.UNSUPPORTED_MEDIA_TYPE,
    { kind: 'unsupported-media-type', detail: 'Send the body as JSON, with "Content-Type: application/json".' },
  ],
  [ResponseType.THROTTLED, tooMany],
  [ResponseType.QUOTA_EXCEEDED, tooMany],
  [ResponseType.INTEGRATION_TIMEOUT, busy],
  [ResponseType.INTEGRATION_FAILURE, busy],
  // The authorizer throws where it cannot ask the issuer for its keys.
  [ResponseType.AUTHORIZER_FAILURE, busy],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, failed],
  [ResponseType.DEFAULT_5XX, failed],
];

/**
 * Makes problems (RFC 9457) of what the gateway refuses by itself, readable for the pages of the environment.
 *
 * A gateway response cannot compare origins: with several, pages of the first read these answers and the others see a
 * network error. Answers of the functions go to all of them. Nor can it tell at which base path of a custom domain it was
 * asked, so an environment that has one says its address (`apiUrl`).
 */
export function addGatewayResponses(api: RestApi, { origins, apiUrl }: Pick<Environment, 'origins' | 'apiUrl'>): void {
  const address = apiUrl ?? 'https://$context.domainName/$context.stage';
  for (const [type, { kind, detail, headers }] of answers) {
    const { status, title } = problemKinds[kind];
    const problem = { type: problemType(address, kind), title, status, detail, requestId: '$context.requestId' };
    const responseHeaders = {
      'Access-Control-Allow-Origin': origins[0],
      'Access-Control-Expose-Headers': exposedHeaders.join(', '),
      'Cache-Control': 'no-store',
      'Content-Type': problemContentType,
      Vary: 'Origin',
      ...headers,
    };
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: `${status}`,
      responseHeaders: Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name, `'${value}'`])),
      // The gateway looks a template up by application/json; the header above says what it really is.
      templates: { 'application/json': JSON.stringify(problem) },
    });
  }
}
