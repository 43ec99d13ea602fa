import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import {
  byLinkOnAnyObject,
  linkSigners,
  onAnyObject,
  onNewObjects,
  ownTags,
  taggingNew,
} from '../support/object-rights.ts';
import { permissionsOf } from '../support/permissions.ts';
import {
  bucketActions,
  byForm,
  byHeader,
  byLink,
  existing,
  objectActions,
  requestedOf,
  states,
} from '../support/requests.ts';
import { synthesize } from '../support/synthesize.ts';

const roles = Object.keys(functions) as FunctionName[];

const howSigned = [
  ['link', byLink],
  ['header', byHeader],
  ['form', byForm],
] as const;

/** What a request to the bucket is about, where it lists. */
const listed = {
  '': {},
  ' of a document': { 's3:prefix': 'documents/tenant/ab/document' },
  ' of others': { 's3:prefix': 'documentations/document' },
};

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
    const onState = (cell: string, state: string) => cell.replace(' by ', ` on ${state} by `);
    const onAll = (cell: string) => states.map((state) => onState(cell, state));

    expect([...allowedOnObjects].sort()).toEqual(
      [
        ...[...onNewObjects, ...byLinkOnAnyObject].flatMap(onAll),
        ...taggingNew.map((cell) => onState(cell, 'none')),
        'issue-download: s3:GetObjectVersion on available by link',
        'open-link: s3:GetObjectVersion on available by link',
        ...howSigned.flatMap(([how]) => onAnyObject.flatMap((cell) => onAll(`${cell} by ${how}`))),
      ].sort(),
    );
  });

  it('let nobody make an object by header but who puts parts together, and nobody replace one but by a form', () => {
    const making = allowedOnObjects.filter((cell) => cell.includes('s3:PutObject') && !cell.includes('Tagging'));

    const replacing = making.filter((cell) => cell.includes('(replacing)'));
    expect(replacing.filter((cell) => !cell.endsWith('by form') || !cell.includes('=incoming'))).toEqual([]);
    const byHeaders = making.filter((cell) => cell.endsWith('by header') && !cell.includes('(no object)'));
    expect(new Set(byHeaders.map((cell) => cell.split(' on ')[0]))).toEqual(
      new Set(['complete-upload: s3:PutObject', 'companion: s3:PutObject']),
    );
    expect(making.filter((cell) => cell.startsWith('sign-parts: ') && !cell.includes('(no object)'))).toEqual([]);
  });

  it('let whoever uploads, in whatever way, read nothing', () => {
    const uploaders = ['request-form', 'companion', 'sign-s3-request', 'create-upload-token'];
    const reads = allowedOnObjects.filter((cell) => / s3:Get/.test(cell));

    expect(reads.filter((cell) => uploaders.includes(cell.split(':')[0] ?? ''))).toEqual([]);
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
        ...onNewObjects,
        // That links write once is signed into them, and asked for by the bucket policy: a role cannot be held to it twice.
        ...linkSigners.flatMap((role) => ownTags.map((tags) => `${role}: s3:PutObject${tags} (replacing) by link`)),
        ...taggingNew,
        ...byLinkOnAnyObject,
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

  it('on the bucket itself are to learn what is gone, the sweeper’s to list what is there, of documents to see it, and one to see that it is there', () => {
    const cells = roles.flatMap((role) =>
      bucketActions.flatMap((action) =>
        Object.entries(listed).flatMap(([what, carries]) =>
          decide(role, action, bucketArn, { ...byHeader, ...carries }).allowed ? [`${role}: ${action}${what}`] : [],
        ),
      ),
    );

    const onAll = (cell: string) => Object.keys(listed).map((what) => `${cell}${what}`);
    expect(cells).toEqual([
      'complete-upload: s3:ListBucketVersions of a document',
      'companion: s3:ListBucketVersions of a document',
      ...['delete-document: s3:ListBucket', 'restore-document: s3:ListBucket'].flatMap(onAll),
      ...onAll('get-storage-status: s3:GetBucketLocation'),
      ...['record-upload: s3:ListBucket', 'apply-scan-result: s3:ListBucket', 'sweep: s3:ListBucket'].flatMap(onAll),
      ...['sweep: s3:ListBucketVersions', 'sweep: s3:ListBucketMultipartUploads'].flatMap(onAll),
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

    expect(new Set(held)).toEqual(needed);
  });
});
