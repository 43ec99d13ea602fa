import { type __MetadataBearer as MetadataBearer, S3ServiceException } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { compareVersions } from './compare.ts';
import type { RealS3 } from './in-process.ts';
import { type Conditions, currentOf, type Model, type ModelBucket, type Outcome } from './reference.ts';

export type Step = fc.AsyncCommand<Model, RealS3>;

/** What a step is about. It prints as its name and these. */
export interface Place {
  /** 0 or 1. */
  readonly bucket: number;
  readonly key: string;
}

type Run<Of> = (model: Model, s3: RealS3, of: Of) => Promise<void>;

export const readOf = <Of>(name: string, values: fc.Arbitrary<Of>, run: Run<Of>): fc.Arbitrary<Step> =>
  values.map((of) => ({
    check: () => true,
    run: (model, s3) => run(model, s3, of),
    toString: () => `${name} ${JSON.stringify(of)}`,
  }));

/** After each step that may change them, the versions of its bucket are listed and held against the model. */
export const stepOf = <Of extends { readonly bucket: number }>(
  name: string,
  values: fc.Arbitrary<Of>,
  run: Run<Of>,
): fc.Arbitrary<Step> =>
  readOf(name, values, async (model, s3, of) => {
    await run(model, s3, of);
    await compareVersions(s3.client, bucketOf(model, of));
  });

export const bucketOf = (model: Model, { bucket }: { readonly bucket: number }): ModelBucket =>
  model.buckets[bucket === 0 ? 0 : 1];

/** Prefixes of each other, empty segments, all that is not simple to encode or to order. */
export const key = fc.constantFrom('a', 'a', 'a', 'a', 'a/b', 'a/b', 'a/', 'a//b', 'a b+', '\u{ffee}', '\u{1f600}');
export const place = { bucket: fc.constantFrom(0, 0, 0, 1), key };

/** The current version, one of those there are of the key, or one that there is not. */
export const versionPick = fc.option(fc.nat(4), { nil: undefined });
export function versionIdOf(bucket: ModelBucket, key: string, pick: number | undefined): string | undefined {
  if (pick === undefined) return undefined;
  const versions = bucket.versions.filter((version) => version.key === key);
  return pick === 4 ? 'x'.repeat(32) : (versions[pick % Math.max(versions.length, 1)]?.id ?? 'null');
}

export const conditionPick = fc.constantFrom(undefined, undefined, undefined, 'none', 'right', 'wrong');
const wrongEtag = `"${'0'.repeat(32)}"`;

export function conditionsOf(
  bucket: ModelBucket,
  key: string,
  pick: 'none' | 'right' | 'wrong' | undefined,
): Conditions {
  if (pick === undefined) return {};
  if (pick === 'none') return { IfNoneMatch: '*' };
  return { IfMatch: pick === 'wrong' ? wrongEtag : (currentOf(bucket, key)?.content?.etag ?? wrongEtag) };
}

/** The answer, where S3 did what the model does; undefined where both refuse it for the same reason. */
export async function agree<Answer extends MetadataBearer>(
  answer: Promise<Answer>,
  expected: Outcome | undefined,
): Promise<Answer | undefined> {
  const outcome = await answer.catch((error: unknown) => {
    if (error instanceof S3ServiceException) return error;
    throw error;
  });
  const status = outcome.$metadata.httpStatusCode;
  if (!(outcome instanceof S3ServiceException)) {
    expect({ status }).toEqual(expected ?? { status: expect.toSatisfy((value) => value >= 200 && value < 300) });
    return outcome;
  }
  expect({ status, code: outcome.name }).toEqual(expected ?? 'a success');
  return undefined;
}
