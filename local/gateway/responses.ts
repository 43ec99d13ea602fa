import type { GatewayAnswer, ResponsePlan } from './types.ts';

/** Gateway responses: status and message where the template says nothing (developer guide, "Gateway response types"). */
const defaults = {
  ACCESS_DENIED: {
    status: 403,
    error: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
  },
  API_CONFIGURATION_ERROR: { status: 500, error: 'InternalServerErrorException', message: 'Internal server error' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, error: 'AuthorizerConfigurationException', message: null },
  AUTHORIZER_FAILURE: { status: 500, error: 'AuthorizerConfigurationException', message: null },
  BAD_REQUEST_BODY: { status: 400, error: 'BadRequestException', message: 'Invalid request body' },
  DEFAULT_5XX: { status: 502, error: 'InternalServerErrorException', message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, error: 'InternalServerErrorException', message: 'Endpoint request timed out' },
  INVALID_SIGNATURE: {
    status: 403,
    error: 'IncompleteSignatureException',
    message: 'Authorization header requires a signature',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    error: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  REQUEST_TOO_LARGE: { status: 413, error: 'RequestEntityTooLargeException', message: 'Request Too Long' },
  THROTTLED: { status: 429, error: 'LimitExceededException', message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, error: 'UnauthorizedException', message: 'Unauthorized' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, error: 'BadRequestException', message: 'Unsupported Media Type' },
} as const satisfies Record<string, { status: number; error: string; message: string | null }>;

export type ResponseType = keyof typeof defaults;

/** What gateway responses may say of a request: simple variables, no language. */
export interface ResponseContext {
  readonly requestId: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly stage: string;
  readonly validationError?: string;
}

type Variable = (context: ResponseContext, type: ResponseType) => string;

const variables: Readonly<Record<string, Variable>> = {
  'error.message': (_, type) => defaults[type].message ?? '',
  'error.messageString': (_, type) => JSON.stringify(defaults[type].message),
  'error.responseType': (_, type) => type,
  'error.validationErrorString': ({ validationError }) => validationError ?? '',
  httpMethod: ({ httpMethod }) => httpMethod,
  path: ({ path }) => path,
  requestId: ({ requestId }) => requestId,
  stage: ({ stage }) => stage,
};

const variablePattern = /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g;

/** A variable of a template that this gateway does not know, for an error at start. */
export const unknownVariable = (template: string): string | undefined => {
  const names = [...template.matchAll(variablePattern)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  const unknown = names.find((name) => !Object.hasOwn(variables, name));
  if (unknown !== undefined) return `$context.${unknown}`;
  return /\$(?!context\.)[A-Za-z]\w*/.exec(template)?.[0];
};

/** What the gateway answers by itself. A type the template does not set falls back to its DEFAULT_4XX or DEFAULT_5XX. */
export const gatewayResponse = (
  type: ResponseType,
  plans: ReadonlyMap<string, ResponsePlan>,
  context: ResponseContext,
): GatewayAnswer => {
  const { status, error } = defaults[type];
  const plan = plans.get(type) ?? plans.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const template = plan?.template ?? '{"message":$context.error.messageString}';
  const body = template.replace(variablePattern, (_, name: string) => variables[name]?.(context, type) ?? '');
  return {
    status: plan?.status ?? status,
    headers: Object.entries({
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': error,
      'x-amzn-RequestId': context.requestId,
      ...plan?.headers,
    }),
    body,
  };
};
