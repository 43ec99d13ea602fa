import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { isConditional } from '../../contract/cors.ts';
import { documentViewVersion, entityTagOf } from '../../contract/entity-tag.ts';
import { rejectionDetails } from '../../contract/rejections.ts';
import { type Route, routes } from '../../contract/routes.ts';
import { Document } from '../../contract/schemas/document.ts';

const fingerprint = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

describe('the tag of a document', () => {
  it('is a strong one, another for each revision of state and of metadata', () => {
    const looks = [1, 11, 3, 33].flatMap((revision) =>
      [0, 1, 11].map((metadataRevision) => entityTagOf({ revision, metadataRevision })),
    );
    for (const tag of looks) expect(tag).toMatch(/^"[!#-~]+"$/);
    expect(new Set(looks).size).toBe(looks.length);
  });

  /** Red? Raise `documentViewVersion`, then write down the new pair: the same tag must never stand for other bytes. */
  it('has a new version for each way documents are shown', () => {
    const shown = { version: documentViewVersion, view: fingerprint([z.toJSONSchema(Document), rejectionDetails]) };
    expect(shown).toEqual({ version: 2, view: '3735752b60fb6e0d' });
  });
});

describe('the routes that have it', () => {
  const named = (holds: (route: Route) => boolean) =>
    Object.entries<Route>(routes).flatMap(([name, route]) => (holds(route) ? [name] : []));

  it('are those that answer with one document, or with settings, and those that read them are conditional', () => {
    expect(named(({ entityTag }) => entityTag !== undefined)).toEqual([
      'requestUpload',
      'completeUpload',
      'abortUpload',
      'getDocument',
      'headDocument',
      'updateDocument',
      'deleteDocument',
      'restoreDocument',
      'getSettings',
    ]);
    expect(named(isConditional)).toEqual(['getDocument', 'headDocument', 'getSettings']);
  });
});
