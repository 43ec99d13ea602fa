import { storageHeaders } from '../../contract/storage-headers.ts';
import type { Tagged } from '../call.ts';
import type { ClientContext } from '../context.ts';
import type { GoesInParts } from '../engine/threshold.ts';
import type { Uploads } from '../engine/uploads.ts';
import type { OutcomeContext } from '../outcome.ts';
import type { PutContext } from '../put-file.ts';
import type { StallContext } from '../transport/guarded.ts';
import type { Known, ReportMetadata } from './report.ts';
import type { Spooled } from './spool.ts';

export type ReportContext = PutContext &
  OutcomeContext &
  StallContext &
  Pick<ClientContext, 'callTagged'> & { readonly uploads: Uploads; readonly goesInParts: GoesInParts };

/** One report on its way. `known` grows while it goes, so that a failure can tell how far it came. */
export interface Sending {
  readonly metadata: ReportMetadata;
  readonly fileName: string;
  readonly mediaType: string;
  readonly spooled: Spooled;
  readonly signal: AbortSignal;
  readonly waitMilliseconds: number;
  known: Known;
}

/** Where an answer says that the object lies, told to the role `service` only. */
export const placeOf = ({ headers }: Tagged<unknown>): Pick<Known, 'key' | 'url'> => {
  const [key, url] = [headers?.get(storageHeaders.key), headers?.get(storageHeaders.url)];
  return { ...(key && { key }), ...(url && { url }) };
};
