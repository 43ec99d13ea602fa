import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DocumentId } from '../../../contract/schemas/fields.ts';
import { uuidV7 } from '../../../lambdas/adapters/system.ts';

describe('document ids', () => {
  it('are UUIDv7 of their time, never the same', () => {
    const many = Array.from({ length: 1000 }, () => uuidV7.next(new Date('2022-02-22T19:22:22Z')));
    for (const id of many) {
      expect(z.safeParse(DocumentId, id).success).toBe(true);
      // RFC 9562, appendix A.6: the time of its example of a UUIDv7.
      expect(id.startsWith('017f22e2-79b0-7')).toBe(true);
    }
    expect(new Set(many).size).toBe(many.length);
  });

  it('sort by time', () => {
    const inOrder = Array.from({ length: 300 }, (_, time) => uuidV7.next(new Date(time)));
    expect(inOrder.toSorted()).toEqual(inOrder);
  });
});
