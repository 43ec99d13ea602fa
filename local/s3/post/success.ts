import { uriEncode } from '../../sigv4/uri-encode.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../operations/operation.ts';
import { element, xmlDeclaration } from '../xml.ts';
import type { FormFields } from './form-parser.ts';

/**
 * What a form asked to be told: a redirect (303), `PostResponse` (201), nothing in 200, or else nothing in 204. "If the
 * value is not valid, S3 returns an empty document with a 204", as it does for a redirect that is no URL.
 */
export function successAnswer(
  { request, bucket, key }: Pick<Call, 'request' | 'bucket' | 'key'>,
  fields: FormFields,
  headers: Readonly<Record<'etag', string> & Record<string, string>>,
): Answer {
  const { etag } = headers;
  const redirect = (fields.get('success_action_redirect') ?? fields.get('redirect'))?.value;
  if (redirect !== undefined && isUrl(redirect)) {
    const query = new URLSearchParams({ bucket: bucket.name, key, etag });
    const location = new URL(redirect).href;
    return {
      status: 303,
      headers: { ...headers, location: `${location}${location.includes('?') ? '&' : '?'}${query}` },
    };
  }
  const host = request.headers.get('host') ?? '';
  const ofBucket = request.path === '/' ? '' : `/${uriEncode(bucket.name)}`;
  const location = `http://${host}${ofBucket}/${uriEncode(key)}`;
  const status = fields.get('success_action_status')?.value;
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers: { ...headers, location } };
  const children = { Location: location, Bucket: bucket.name, Key: key, ETag: etag };
  const xml = element('PostResponse', ...Object.entries(children).map(([name, value]) => element(name, value)));
  return {
    status: 201,
    headers: { ...headers, location, 'content-type': 'application/xml' },
    body: xmlDeclaration + xml.xml,
  };
}

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);
