import type { Refusal } from '../refusal.ts';
import { element, type Xml, xmlDeclaration } from '../xml.ts';
import type { RequestIds } from './request.ts';

/** The body of every error answer (S3 API reference, "REST error responses"). */
export const errorDocument = (refusal: Refusal, ids: RequestIds): string =>
  xmlDeclaration +
  element(
    'Error',
    element('Code', refusal.code),
    element('Message', refusal.message),
    ...Object.entries(refusal.elements).map(([name, value]) => inLines(element(name, value))),
    element('RequestId', ids.requestId),
    element('HostId', ids.hostId),
  ).xml;

/** A canonical request is there to be read, so its lines are lines. */
const inLines = ({ xml }: Xml): Xml => ({ xml: xml.replaceAll('&#xa;', '\n') });
