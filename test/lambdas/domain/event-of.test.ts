import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DomainEvent } from '../../../contract/events.ts';
import type { Change } from '../../../lambdas/domain/document.ts';
import { eventOf } from '../../../lambdas/domain/event-of.ts';
import { aRecord } from '../../support/arbitraries.ts';

const change: Change = {
  revision: 3,
  at: '2026-11-21T10:02:00.000Z',
  by: 'nora.lindqvist',
  from: 'available',
  to: 'rejected',
  cause: 'scan-verdict',
  requestId: 'request-of-nora',
  addressClass: 'public-ipv4',
  rejectionReason: 'malware-found',
};
const record = aRecord({ ownerId: 'nora.lindqvist', fileName: 'Lindqvist, HIV test.pdf', lastChange: change });

describe('the event of a change', () => {
  it('is the schema of the contract, with an id that is the same each time it is told', () => {
    const event = eventOf(record, change);
    expect(z.parse(DomainEvent, event)).toEqual(event);
    expect(event).toMatchObject({ id: `${record.documentId}#3`, from: 'available', to: 'rejected' });
    expect(eventOf(record, { ...change, requestId: 'another try' })).toEqual(event);
  });

  it('tells nothing personal: no name, no owner, no caller, nothing to find the file by', () => {
    const text = JSON.stringify(eventOf(record, change));
    const { fileName, ownerId, sha256 } = record;
    for (const personal of [fileName, ownerId, sha256, change.by, change.requestId, 'public-ipv4'])
      expect(text).not.toContain(personal);
  });

  it('is none for a declaration', () => {
    expect(eventOf(record, { ...change, from: null, to: 'pending', cause: 'declared' })).toBeUndefined();
  });
});
