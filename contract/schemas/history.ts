import * as z from 'zod/mini';
import { addressClasses, causes, documentStates, rejectionReasons } from '../states.ts';
import { Disposition } from './download.ts';
import { Timestamp } from './fields.ts';
import { metadataFields } from './metadata.ts';

/** Who, when and on what request; `addressClass` only where a client asked, never its address. */
const common = {
  /** The change that was the document's last when this happened, counted from 1. */
  revision: z.int(),
  at: Timestamp,
  by: z.string(),
  requestId: z.string(),
  addressClass: z.optional(z.enum(addressClasses)),
};

const ChangeEntry = z.object({
  kind: z.literal('change'),
  ...common,
  from: z.nullable(z.enum(documentStates)),
  to: z.enum(documentStates),
  cause: z.enum(causes),
  rejectionReason: z.optional(z.enum(rejectionReasons)),
});

/**
 * Written before the link is given out; `expiresAt` is when the link ends. `reason` is there where one was given,
 * `disposition` since there are two, `linkCreatedAt` where it was given out by a link that works once: when `by` made
 * that link. Request and address are then those of whoever opened it.
 */
const DownloadEntry = z.object({
  kind: z.literal('download-issued'),
  ...common,
  expiresAt: Timestamp,
  disposition: z.optional(Disposition),
  reason: z.optional(z.string()),
  linkCreatedAt: z.optional(Timestamp),
});

/** `fields`: which were set or taken away; what they said before is not kept. */
const MetadataEntry = z.object({
  kind: z.literal('metadata-changed'),
  ...common,
  fields: z.readonly(z.array(z.enum(metadataFields))),
});

/** Everything that happened to a document, oldest first. */
export const History = z.object({
  entries: z.array(z.discriminatedUnion('kind', [ChangeEntry, DownloadEntry, MetadataEntry])),
});

export type History = z.infer<typeof History>;
