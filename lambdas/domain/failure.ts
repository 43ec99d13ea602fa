import type { QuotaUse } from '../../contract/problems.ts';
import type { DocumentState } from '../../contract/states.ts';

/** What a use case may refuse, with the facts a person needs to do better. Kinds are problem kinds of the contract. */
export type Failure =
  | { readonly kind: 'route-not-found' | 'unauthenticated' }
  | { readonly kind: 'document-not-found' | 'not-permitted' | 'precondition-failed' | 'precondition-required' }
  | { readonly kind: 'link-not-found' | 'link-used-up' | 'too-many-requests' }
  | { readonly kind: 'document-not-available' | 'state-conflict'; readonly state: DocumentState }
  | { readonly kind: 'upload-ended' | 'upload-restarted' | 'checksum-mismatch' | 'credentials-not-offered' }
  | { readonly kind: 'upload-incomplete'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'media-type-not-allowed'; readonly mediaTypes: readonly string[] }
  | { readonly kind: 'file-too-large'; readonly sizeBytesMax: number }
  | { readonly kind: 'quota-exceeded'; readonly quota?: QuotaUse }
  | { readonly kind: 'invalid-request'; readonly errors: readonly FieldError[] };

/** `pointer` is a JSON Pointer into the body, or `query:NAME` / `path:NAME` / `header:NAME`. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}
