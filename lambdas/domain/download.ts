import { mediaTypes } from '../../contract/media-types.ts';
import type { Profile } from '../../contract/profile.ts';
import type { Disposition } from '../../contract/schemas/download.ts';
import type { Caller, DocumentRecord } from './document.ts';
import type { FieldError } from './failure.ts';

/** How somebody wants the bytes, and why. */
export interface DownloadWish {
  readonly disposition?: Disposition | undefined;
  readonly reason?: string | undefined;
}

/** Of a type that is not in the table (any more) nobody said that it is safe. */
export const isSafeInline = (mediaType: string): boolean =>
  new Map<string, { readonly isSafeInline: boolean }>(Object.entries(mediaTypes)).get(mediaType)?.isSafeInline ?? false;

/** What does not fit of a wish, each under the pointer of its field. Who has any role that must give a reason gives one. */
export const wishErrors = (
  { disposition, reason }: DownloadWish,
  { mediaType }: Pick<DocumentRecord, 'mediaType'>,
  { roles }: Caller,
  { reasonRequiredFrom }: Profile,
  pointerOf: (field: keyof DownloadWish) => string,
): readonly FieldError[] => [
  ...(disposition !== 'inline' || isSafeInline(mediaType)
    ? []
    : [
        { pointer: pointerOf('disposition'), detail: 'A file of this type is not shown. Ask for it as an attachment.' },
      ]),
  ...(reason !== undefined || !roles.some((role) => reasonRequiredFrom.includes(role))
    ? []
    : [{ pointer: pointerOf('reason'), detail: 'Say why you open this document; its history keeps the reason.' }]),
];
