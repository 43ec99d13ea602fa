import type { BucketConfiguration } from '../configuration.ts';
import type { Answer } from '../http/answer.ts';
import type { S3Request } from '../http/request.ts';
import { Refusal } from '../refusal.ts';
import { corsHeaders, findCorsRule } from './rules.ts';

export const corsMethods: readonly string[] = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html, which nobody has to sign. */
export function answerPreflight(request: S3Request, bucket: BucketConfiguration): Answer | Refusal {
  const origin = request.headers.get('origin');
  const method = request.headers.get('access-control-request-method');
  if (origin === undefined) {
    return new Refusal('BadRequest', 'Insufficient information. Origin request header needed.');
  }
  if (method === undefined || !corsMethods.includes(method)) {
    return new Refusal('BadRequest', `Invalid Access-Control-Request-Method: ${method ?? 'null'}`);
  }
  const elements = { Method: method, ResourceType: request.key === undefined ? 'BUCKET' : 'OBJECT' };
  if (bucket.cors.length === 0) {
    return new Refusal('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', elements);
  }
  const requested = (request.headers.get('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = findCorsRule(bucket.cors, origin, method, requested);
  if (rule === undefined) {
    const message =
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
    return new Refusal('AccessForbidden', message, elements);
  }
  const allowedHeaders = requested.length > 0 && { 'access-control-allow-headers': requested.join(', ') };
  return { status: 200, headers: { ...corsHeaders(rule, origin), ...allowedHeaders } };
}
