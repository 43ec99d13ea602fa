import { describe, expect, it } from 'vitest';
import { apiEvent, authorizer } from '../../support/api-event.ts';
import { declared, kindOf, post, problem, useCase } from '../../support/api-handler.ts';

describe('the caller', () => {
  it.each([
    ['unauthenticated', {}],
    ['unauthenticated', { ...authorizer, tenantId: '' }],
    ['unauthenticated', { ...authorizer, subjectId: '' }],
    ['unauthenticated', { ...authorizer, expiresAt: String(Date.parse('2026-11-21T10:00:00Z') / 1000) }],
    ['unauthenticated', { ...authorizer, expiresAt: 'never' }],
    ['insufficient-scope', { ...authorizer, scopes: 'documents:read' }],
    ['insufficient-scope', { ...authorizer, scopes: '' }],
  ])('is %s with the context %j', async (kind, context) => {
    expect(kindOf(await problem(post, apiEvent({ body: JSON.stringify(declared) }, context)))).toBe(kind);
    expect(useCase).not.toHaveBeenCalled();
  });
});
