import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DomainEvent, eventVersion } from '../../contract/events.ts';

/** Red? A field more, told to nobody who must not know it: write it down here. Any other change: raise `eventVersion`. */
it('a domain event has a new version for each way its fields are changed', () => {
  const { properties = {}, required, additionalProperties } = z.toJSONSchema(DomainEvent);
  const shown = { version: eventVersion, fields: Object.keys(properties), required, additionalProperties };
  const always = ['version', 'id', 'tenantId', 'documentId', 'revision', 'from', 'to', 'at'];
  expect(shown).toEqual({
    version: 1,
    fields: [...always, 'rejectionReason'],
    required: always,
    additionalProperties: false,
  });
});
