import * as z from 'zod/mini';
import type { GatewayAnswer } from './types.ts';

/** RFC 9110 section 5.6.2. */
const HeaderName = z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/));
/** What HTTP/1.1 can carry in one line, in Latin-1. */
const HeaderValue = z.union([z.string().check(z.regex(/^[\t\x20-\x7e\x80-\xff]*$/)), z.number(), z.boolean()]);

/** Developer guide, "Output format of a Lambda function for proxy integration". */
const ProxyResponse = z.strictObject({
  statusCode: z.union([
    z.int().check(z.gte(200), z.lte(599)),
    z.pipe(z.string().check(z.regex(/^[2-5]\d\d$/)), z.transform(Number)),
  ]),
  headers: z.nullish(z.record(HeaderName, HeaderValue)),
  multiValueHeaders: z.nullish(z.record(HeaderName, z.array(HeaderValue))),
  body: z.nullish(z.string()),
  isBase64Encoded: z.optional(z.literal(false)),
});

/** Headers that API Gateway keeps for itself and renames on the way (developer guide, "Important notes"). */
const remapped = new Set(['connection', 'content-length', 'date', 'server', 'transfer-encoding', 'www-authenticate']);

const rename = (name: string): string => (remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name);

/** The answer of a function as HTTP. Undefined where it is malformed: API Gateway then answers 502. */
export const proxyAnswer = (payload: unknown, requestId: string): GatewayAnswer | undefined => {
  const parsed = ProxyResponse.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body } = parsed.data;
  const multiple = Object.entries(multiValueHeaders ?? {});
  const multipleNames = new Set(multiple.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).filter(([name]) => !multipleNames.has(name.toLowerCase()));
  const sent = [...single, ...multiple.flatMap(([name, values]) => values.map((value) => [name, value] as const))];
  const hasType = sent.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: statusCode,
    headers: [
      ...(hasType ? [] : [['Content-Type', 'application/json'] as const]),
      ['x-amzn-RequestId', requestId],
      ...sent.map(([name, value]) => [rename(name), String(value)] as const),
    ],
    body: body ?? '',
  };
};
