import type { Refusal } from '../refusal.ts';
import { element, xmlDeclaration } from '../xml.ts';
import type { RequestIds } from './request.ts';

/** The body of every error answer (S3 API reference, "REST error responses"). */
export const errorDocument = (refusal: Refusal, ids: RequestIds): string =>
  xmlDeclaration +
  element(
    'Error',
    element('Code', refusal.code),
    element('Message', refusal.message),
    ...Object.entries(refusal.elements).map(([name, value]) => element(name, value)),
    element('RequestId', ids.requestId),
    element('HostId', ids.hostId),
  ).xml;
