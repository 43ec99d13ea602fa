import { randomBytes } from 'node:crypto';
import { mediaTypes } from '../../contract/media-types.ts';
import type { ReportMetadata } from './report.ts';

export const defaultMediaType = 'application/pdf';

const slugLengthMax = 80;

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, slugLengthMax);

/** The first of its endings; none of a type that no profile accepts. */
const endingOf = (mediaType: string): string =>
  Object.entries<{ readonly extensions: readonly string[] }>(mediaTypes).find(([name]) => name === mediaType)?.[1]
    .extensions[0] ?? '';

/**
 * `provider_payments_20261127_093000_1f0c9a7e.pdf`: what it is, by its attribute `reportType` or its category, when it
 * was made in UTC, and what makes it another name than that of a report of the same second.
 */
export const reportName = (metadata: ReportMetadata, now: Date): string => {
  const { attributes, category, mediaType = defaultMediaType } = metadata;
  const type = slugOf(String(attributes?.reportType ?? category ?? '')) || 'report';
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
  return `${type}_${time}_${randomBytes(4).toString('hex')}${endingOf(mediaType)}`;
};
