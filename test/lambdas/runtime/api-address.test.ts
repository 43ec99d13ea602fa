import { describe, expect, it } from 'vitest';
import { apiAddressOf } from '../../../lambdas/runtime/api-address.ts';
import { apiEvent } from '../../support/api-event.ts';

const at = (domainName: string, path: string, headers: Record<string, string> = {}, resource = '/v1/documents/{id}') =>
  apiAddressOf(apiEvent({ resource, headers, requestContext: { domainName, path } }));

describe('the address of the API, as its caller sees it,', () => {
  it.each<[what: string, path: string, address: string]>([
    ['with the stage, at its own domain', '/live/v1/documents/1', 'https://api.example.org/live'],
    ['without a path, at the root of a custom domain', '/v1/documents/1', 'https://api.example.org'],
    ['with the base path, at a custom domain', '/team/files/v1/documents/1', 'https://api.example.org/team/files'],
    ['whatever slash is at the end', '/live/v1/documents/1/', 'https://api.example.org/live'],
  ])('is %s', (_, path, address) => {
    expect(at('api.example.org', path, { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '443' })).toBe(address);
  });

  it('has the port of the local cloud', () => {
    const forwarded = { 'x-forwarded-proto': 'http', 'X-Forwarded-Port': '8080' };
    expect(at('127.0.0.1', '/v1/documents/1', forwarded)).toBe('http://127.0.0.1:8080');
  });

  it('is of the domain that was called, whatever the caller writes into headers', () => {
    const forged = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Port': '1@evil.example' };
    expect(at('api.example.org', '/live/v1/documents/1', forged)).toBe('https://api.example.org/live');
    expect(at('127.0.0.1', '/v1/documents/1', { ...forged, 'X-Forwarded-Proto': 'http' })).toBe('http://127.0.0.1');
  });
});
