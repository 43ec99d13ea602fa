import { exposedHeadersOf, isConditional } from '../cors.ts';
import { documentHeaders } from '../document-headers.ts';
import { idempotencyKeyHeader, replayedHeader, takesIdempotencyKey } from '../idempotency.ts';
import { type Route, servesFile } from '../routes.ts';
import type { JsonObject } from './json.ts';

interface Described {
  readonly description: string;
  readonly example: string;
  readonly required?: true;
}

/** Headers of requests that the route table speaks of. */
const requestHeaders = {
  'If-Match': {
    description: 'The ETag that the document was seen with (RFC 9110 section 13.1.1). `*` changes whatever is there.',
    example: '"2.r3.m0"',
  },
  'If-None-Match': {
    description: 'The ETag of what the caller has already; where it is still that, the answer is 304 without a body.',
    example: '"2.r2.m0"',
  },
  [idempotencyKeyHeader]: {
    description:
      'A key of the caller’s own for this very request: sent again within a day, with or without quotes, it makes no document twice. A one-time link is made anew each time, for its token is kept nowhere.',
    example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  },
} as const satisfies Record<string, Described>;

/** Headers of answers: whatever a route says it `exposes` is described here. */
const answerHeaders: Readonly<Record<string, Described>> = {
  'X-Request-Id': {
    description: 'The id of the request, for reports and logs. Answers of the gateway itself have it in the body only.',
    example: '0d6c1b1e-8f0a-4c55-9a53-6c1a5f0e7b21',
  },
  'Retry-After': { description: 'Seconds to wait before the next attempt.', example: '1' },
  ETag: {
    description: 'The tag of what is shown, for `If-None-Match`; of a document for `If-Match` too.',
    example: '"2.r3.m0"',
  },
  Location: {
    description: 'Where the bytes are, for as long as the signature lasts. It is a secret.',
    example:
      'https://amzn-s3-demo-bucket.s3.eu-central-1.amazonaws.com/documents/north-clinic/3f/019aa8f2?X-Amz-Signature=…',
  },
  [replayedHeader]: { description: '`true` where the key had come before with the same request.', example: 'true' },
  [documentHeaders.state]: { description: 'The state of the document.', example: 'available' },
  [documentHeaders.sizeBytes]: { description: 'The declared size in bytes.', example: '48213' },
  [documentHeaders.mediaType]: { description: 'The declared media type.', example: 'application/pdf' },
  [documentHeaders.sha256]: {
    description: 'The declared SHA-256, hexadecimal.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  [documentHeaders.createdAt]: { description: 'When it was declared.', example: '2026-11-21T10:00:00.000Z' },
  [documentHeaders.updatedAt]: { description: 'When it last changed.', example: '2026-11-21T10:00:09.120Z' },
  [documentHeaders.availableAt]: { description: 'When its bytes were verified.', example: '2026-11-21T10:00:09.120Z' },
  Link: {
    description: 'The next page, where there is one (RFC 8288).',
    example: '<?limit=25&cursor=v2.b3BhcXVl>; rel="next"',
  },
  'X-S3-Key': {
    description: 'The key of the object in the bucket, for back ends.',
    example: 'documents/north-clinic/3f/019aa8f2-7c1e-7b3a-9c55-2f6d8e0b4a17',
  },
  'X-S3-URL': {
    description: 'The address of the object, without a signature: it opens nothing by itself.',
    example:
      'https://amzn-s3-demo-bucket.s3.eu-central-1.amazonaws.com/documents/north-clinic/3f/019aa8f2-7c1e-7b3a-9c55-2f6d8e0b4a17',
  },
  'X-S3-Upload-Success': { description: '`true` once the bytes were verified, else `false`.', example: 'true' },
};

export const answersNotModified = (route: Route): boolean => isConditional(route) || servesFile(route);

const parameter = (name: keyof typeof requestHeaders, required: boolean): JsonObject => ({
  name,
  in: 'header',
  required,
  description: requestHeaders[name].description,
  schema: { type: 'string', ...(!required && { examples: [requestHeaders[name].example] }) },
  ...(required && { example: requestHeaders[name].example }),
});

export const headerParameters = (route: Route): readonly JsonObject[] => [
  ...(route.needsIfMatch ? [parameter('If-Match', true)] : []),
  ...(answersNotModified(route) ? [parameter('If-None-Match', false)] : []),
  ...(takesIdempotencyKey(route) ? [parameter(idempotencyKeyHeader, false)] : []),
];

/** Throws for a header that nobody described. */
const header = (name: string): JsonObject => {
  const described = answerHeaders[name];
  if (described === undefined) throw new Error(`Describe the header ${name} in contract/openapi/headers.ts.`);
  return { description: described.description, schema: { type: 'string' }, example: described.example };
};

const headers = (names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, header(name)]));

/** Of an answer that went well: what pages may read, less what only refusals have. */
export const headersOfAnswer = (route: Route): JsonObject =>
  headers([
    ...exposedHeadersOf(route).filter((name) => name !== 'Retry-After'),
    ...(servesFile(route) ? ['ETag'] : []),
  ]);

/** Of a 302. */
export const redirectHeaders: JsonObject = headers(['Location', 'X-Request-Id']);

/** Of a refusal: 429 and 503 say when to try again. */
export const headersOfProblem = (status: number): JsonObject =>
  headers(['X-Request-Id', ...(status === 429 || status === 503 ? ['Retry-After'] : [])]);
