import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import { type ObjectState, objectStates } from '../../../contract/states.ts';
import { permissionsOf } from '../support/permissions.ts';
import { bucketActions, byHeader, byLink, existing, objectActions, requestedOf, states } from '../support/requests.ts';
import { synthesize } from '../support/synthesize.ts';

const roles = Object.keys(functions) as FunctionName[];

/** Who writes the state of what is there, and to which states. */
const stateWriters: Partial<Record<FunctionName, readonly ObjectState[]>> = {
  'record-upload': objectStates,
  'apply-scan-result': objectStates,
  sweep: objectStates,
  'delete-document': ['available', 'deleted', 'rejected'],
  'restore-document': ['available', 'deleted', 'rejected'],
};

/** Rights on objects that do not depend on how they are asked for, nor on the state. */
const onAnyObject: readonly string[] = [
  ...Object.entries(stateWriters).flatMap(([role, written]) => [
    `${role}: s3:GetObjectVersionTagging`,
    // The verdict stays beside the state: S3 knows only whole sets of tags.
    ...written
      .flatMap((state) => [`=${state}`, `=${state}+verdict`])
      .map((tags) => `${role}: s3:PutObjectVersionTagging${tags}`),
  ]),
  'record-upload: s3:GetObjectVersion',
  'sweep: s3:GetObjectVersion',
  'sweep: s3:DeleteObjectVersion',
  'sweep: s3:AbortMultipartUpload',
];

const howSigned = [
  ['link', byLink],
  ['header', byHeader],
] as const;

describe.each(synthesize())('the rights of the functions of $environment.name', (stage) => {
  const { decide, decideAlone, bucketArn, actionsOf } = permissionsOf(stage);
  const object = `${bucketArn}/documents/tenant/ab/document`;

  /** The cells of the matrix that allow: `role: action=requested-tags on existing-state by how`. */
  const allowedOnObjects = roles.flatMap((role) =>
    howSigned.flatMap(([how, signed]) =>
      objectActions.flatMap(([action, carries]) =>
        states.flatMap((state) => {
          const { allowed } = decide(role, action, object, { ...signed, ...carries, ...existing(state) });
          return allowed ? [`${role}: ${action}${requestedOf(carries)} on ${state} by ${how}`] : [];
        }),
      ),
    ),
  );

  it('on objects are these cells and no others', () => {
    const onAll = (cell: string, how: string) => states.map((state) => `${cell} on ${state} by ${how}`);

    expect([...allowedOnObjects].sort()).toEqual(
      [
        // S3 knows no existing tags on PutObject: write-once is If-None-Match, which it checks itself.
        ...onAll('request-upload: s3:PutObject=incoming', 'link'),
        ...onAll('request-upload: s3:PutObject=incoming+ten-years', 'link'),
        'request-upload: s3:PutObjectTagging=incoming on none by link',
        'request-upload: s3:PutObjectTagging=incoming+ten-years on none by link',
        'issue-download: s3:GetObjectVersion on available by link',
        'open-link: s3:GetObjectVersion on available by link',
        ...howSigned.flatMap(([how]) => onAnyObject.flatMap((cell) => onAll(cell, how))),
      ].sort(),
    );
  });

  /** Guards mask each other: here the bucket policy is off. */
  it('stay as narrow without the bucket policy: signers by link only, the uploader with incoming, a class of the profile and no verdict', () => {
    const cells = roles.flatMap((role) =>
      howSigned.flatMap(([how, signed]) =>
        objectActions.flatMap(([action, carries]) =>
          decideAlone(role, action, object, { ...signed, ...carries }).allowed
            ? [`${role}: ${action}${requestedOf(carries)} by ${how}`]
            : [],
        ),
      ),
    );

    expect(cells.sort()).toEqual(
      [
        'request-upload: s3:PutObject=incoming by link',
        'request-upload: s3:PutObject=incoming+ten-years by link',
        'request-upload: s3:PutObjectTagging=incoming by link',
        'request-upload: s3:PutObjectTagging=incoming+ten-years by link',
        'issue-download: s3:GetObjectVersion by link',
        'open-link: s3:GetObjectVersion by link',
        ...howSigned.flatMap(([how]) => onAnyObject.map((cell) => `${cell} by ${how}`)),
      ].sort(),
    );
  });

  it('end at the prefix of documents', () => {
    const beside = `${bucketArn}/elsewhere/document`;
    const cells = roles.flatMap((role) =>
      objectActions.filter(
        ([action, carries]) =>
          decide(role, action, beside, { ...byLink, ...carries, ...existing('available') }).allowed,
      ),
    );

    expect(cells).toEqual([]);
  });

  it('on the bucket itself are to learn what is gone, the sweeper’s to list what is there, and one to see that it is', () => {
    const cells = roles.flatMap((role) =>
      bucketActions.flatMap((action) =>
        decide(role, action, bucketArn, byHeader).allowed ? [`${role}: ${action}`] : [],
      ),
    );

    expect(cells).toEqual([
      'delete-document: s3:ListBucket',
      'restore-document: s3:ListBucket',
      'get-storage-status: s3:GetBucketLocation',
      'record-upload: s3:ListBucket',
      'apply-scan-result: s3:ListBucket',
      'sweep: s3:ListBucket',
      'sweep: s3:ListBucketVersions',
      'sweep: s3:ListBucketMultipartUploads',
    ]);
  });

  it('hold nothing that no cell needs', () => {
    const onBucket = new Set(bucketActions);
    const needed = new Set(allowedOnObjects.map((cell) => cell.split(/[ =]/).slice(0, 2).join(' ')));
    const held = roles.flatMap((role) =>
      actionsOf(role).flatMap((action) =>
        action.startsWith('s3:') && !onBucket.has(action) ? [`${role}: ${action}`] : [],
      ),
    );

    expect(held.sort()).toEqual([...needed].sort());
  });
});
