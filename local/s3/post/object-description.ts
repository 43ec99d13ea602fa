import type { RequestHeaders } from '../http/request.ts';
import { parseTaggingDocument } from '../operations/tagging-document.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import type { Tags } from '../store/object-version.ts';
import type { FormFields } from './form-parser.ts';

/** Fields that mean what the header of the same name means on a PUT ("POST Object", form fields). */
const asHeader = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-storage-class',
];

/** Fields about the form itself. */
const ofTheForm = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-security-token', 'x-amz-signature'];

/** Of the HTTP request policies may ask about, whatever the form says. */
const ofTheRequest = ['host', 'referer', 'user-agent'];

export interface ObjectDescription {
  /** As a PUT of the same object would have them. */
  readonly headers: RequestHeaders;
  readonly tags: Tags;
}

/** What a form says of its object, in the words of PutObject, so that one code understands both. */
export function describeObject(fields: FormFields, httpHeaders: RequestHeaders): ObjectDescription | Refusal {
  const headers = new Map([...httpHeaders].filter(([name]) => ofTheRequest.includes(name)));
  for (const [name, { value }] of fields) {
    const header = name === 'acl' ? 'x-amz-acl' : name;
    if (isHeader(header)) {
      if (!isHeaderText(header, value)) return notImplemented(`control characters in the form field ${name}`);
      headers.set(header, Buffer.from(value).toString('latin1'));
    } else if (header === 'content-md5' || (header.startsWith('x-amz-') && !ofTheForm.includes(header))) {
      return notImplemented(`the form field ${name}`, { Field: name });
    }
  }
  const tagging = fields.get('tagging')?.value;
  if (tagging === undefined) return { headers, tags: {} };
  const tags = parseTaggingDocument(tagging);
  if (tags instanceof Refusal) return tags;
  return { headers: headers.set('x-amz-tagging', new URLSearchParams(tags).toString()), tags };
}

const isHeader = (name: string): boolean =>
  asHeader.includes(name) || name === 'x-amz-acl' || /^x-amz-(?:meta|checksum)-/.test(name);

/** It is sent again as a header of GetObject, which can hold no other. */
const isHeaderText = (name: string, value: string): boolean =>
  /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && !/\p{Cc}/u.test(value.replaceAll('\t', ''));
