import { type ObjectState, objectStateTagKey, retentionTagKey } from '../../../contract/states.ts';

/**
 * The tags of what is uploaded, as `x-amz-tagging` has them. Neither states nor names of classes have anything to escape
 * in a query.
 */
export const tagging = (state: ObjectState, retentionClass: string | undefined): string =>
  [
    `${objectStateTagKey}=${state}`,
    ...(retentionClass === undefined ? [] : [`${retentionTagKey}=${retentionClass}`]),
  ].join('&');
