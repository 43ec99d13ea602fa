import type { Settings } from '../../contract/schemas/settings.ts';

/** Uppy's `restrictions`, so that it refuses at once what the environment would. */
export interface UppyRestrictions {
  readonly minFileSize: number;
  readonly maxFileSize: number;
  /** Media types, and the endings of their files: some systems know no type of a file. */
  readonly allowedFileTypes: string[];
}

/**
 * @example
 * const uppy = new Uppy({ restrictions: restrictionsOf(await client.call('getSettings', {})) });
 */
export const restrictionsOf = ({ sizeBytesMax, mediaTypes }: Settings): UppyRestrictions => ({
  minFileSize: 1,
  maxFileSize: sizeBytesMax,
  allowedFileTypes: mediaTypes.flatMap(({ name, extensions }) => [name, ...extensions]),
});
