import fc from 'fast-check';
import { complete } from './completions.ts';
import { copy } from './copies.ts';
import { list } from './listings.ts';
import { bodyOf, deleteObject, deleteObjects, put, setVersioning } from './objects.ts';
import { get } from './reads.ts';
import type { ModelBucket } from './reference.ts';
import { type Step, stepOf } from './step.ts';
import { tag } from './tagging.ts';
import { abort, begin, copyPart, listParts, sendPart } from './uploads.ts';

export type Versioning = ModelBucket['versioning'];

/** What there is when a sequence begins, and what it is then about: calls that have nothing in common find little. */
export interface Scene {
  readonly name: string;
  /** Drawn where it does not matter. */
  readonly versioning?: Versioning;
  readonly before: readonly Step[];
  readonly next: readonly fc.Arbitrary<Step>[];
  /** How often, beside the others. */
  readonly weight: number;
}

const putOf = (key: string, text: string, tags = {}): Step =>
  put.with({ bucket: 0, key, body: bodyOf(text), tags, metadata: { m: 'one' }, isSha256: false, condition: undefined });
const deleteOf = (key: string): Step => deleteObject.with({ bucket: 0, key, version: undefined, condition: undefined });
const versioningOf = (Status: 'Enabled' | 'Suspended'): Step => setVersioning.with({ bucket: 0, Status });
const beginOf = (key: string, isSha256 = false): Step =>
  begin.with({ bucket: 0, key, tags: isSha256 ? { t: '1' } : {}, isSha256 });
const partOf = (number: number, part: 0 | 1 | 'big'): Step => sendPart.with({ bucket: 0, upload: 0, number, part });
const completed = complete.with({ bucket: 0, upload: 0, parts: 'all', condition: undefined });

const times = (count: number, step: fc.Arbitrary<Step>) => Array.from({ length: count }, () => step);
const restart = stepOf('restart', fc.constant({}), (_, s3) => s3.restart()).any;
const reads = [...times(5, get.any), list.any];
const writes = [
  ...times(5, put.any),
  ...times(4, copy.any),
  ...times(4, deleteObject.any),
  ...times(3, deleteObjects.any),
  ...times(3, tag.any),
  ...times(2, setVersioning.any),
];
const uploading = [
  ...times(6, sendPart.any),
  ...times(2, copyPart.any),
  ...times(8, complete.any),
  ...times(2, abort.any),
  begin.any,
  listParts.any,
  deleteObject.any,
  put.any,
  restart,
];
const listing = [...times(8, list.any), deleteObject.any, put.any, begin.any, restart];

/** Prefixes of each other, empty segments, all that is not simple to encode or to order. */
const keys = ['a', 'a/', 'a/b', 'a//b', 'a b+', 'a%2F', 'a/b/c', '\u{ffee}', '\u{1f600}', '\u{1f600}/b'];
const versions = [putOf('a', 'hello', { t: '1' }), putOf('a', 'x')];
const upload = (isSha256: boolean) => [beginOf('a', isSha256), partOf(1, 0)];

export const scenes: readonly Scene[] = [
  { name: 'nothing', before: [], next: [...writes, ...reads, ...uploading], weight: 2 },
  { name: 'versions', versioning: 'Enabled', before: versions, next: [...writes, ...reads], weight: 3 },
  { name: 'marker', versioning: 'Enabled', before: [...versions, deleteOf('a')], next: writes, weight: 3 },
  {
    name: 'null version under another',
    versioning: 'Off',
    before: [putOf('a', 'hello'), versioningOf('Enabled'), putOf('a', 'x', { t: '1' }), versioningOf('Suspended')],
    next: [...writes, ...reads],
    weight: 3,
  },
  { name: 'object', before: [putOf('a', 'hello')], next: [...writes, ...reads], weight: 3 },
  { name: 'part', before: upload(false), next: uploading, weight: 4 },
  { name: 'part with checksum', before: upload(true), next: uploading, weight: 2 },
  { name: 'parts', before: [...upload(false), partOf(1, 'big'), partOf(2, 0)], next: uploading, weight: 1 },
  { name: 'object of parts', before: [...upload(true), completed], next: [...writes, ...reads], weight: 2 },
  { name: 'completed', before: [...upload(false), completed, putOf('a', 'x')], next: uploading, weight: 2 },
  { name: 'keys', versioning: 'Enabled', before: keys.map((key) => putOf(key, 'x')), next: listing, weight: 2 },
  { name: 'uploads', before: ['a', 'a', ...keys].map((key) => beginOf(key)), next: listing, weight: 1 },
];
