import type { Caller } from '../../lambdas/domain/document.ts';
import type { ObjectSigner } from '../../lambdas/ports.ts';
import { aRecord } from './arbitraries.ts';

/** The owner of `available`, and two who are not. */
export const owner: Caller = { tenantId: 'north-clinic', subjectId: 'owner-1', roles: ['patient'] };
export const strangers: readonly Caller[] = [
  { tenantId: 'north-clinic', subjectId: 'owner-2', roles: ['patient'] },
  { tenantId: 'south-clinic', subjectId: 'owner-1', roles: ['admin'] },
];
export const available = aRecord({ state: 'available', versionId: 'v1', availableAt: '2026-11-21T10:02:00.000Z' });
export const params = { documentId: available.documentId };
export const notFound = { ok: false, failure: { kind: 'document-not-found' } };
export const clock = { now: () => new Date('2026-11-21T10:00:00.500Z') };

/** Of an environment without a secret. */
export const storageSettings = { current: async () => ({}) };

/** Where objects are, by their keys. */
export const addressOf = (key: string): string => `https://bucket.s3.eu-central-1.amazonaws.com/${key}`;

/** Remembers what it was asked to sign. */
export const spySigner = () => {
  const asked: Record<'put' | 'get' | 'parts' | 'form' | 'request', unknown[]> = {
    put: [],
    get: [],
    parts: [],
    form: [],
    request: [],
  };
  const signed = (url: string) => ({ url, headers: { 'if-none-match': '*' }, expiresAt: new Date(60_000) });
  const signer: ObjectSigner = {
    signPut: async (upload) => {
      asked.put.push(upload);
      return signed('https://put');
    },
    signGet: async (download) => {
      asked.get.push(download);
      return signed('https://get');
    },
    signParts: async (batch) => {
      asked.parts.push(batch);
      const signatures = batch.parts.map(({ partNumber }) => `signature-${partNumber}`);
      const urlTemplate = 'https://part?partNumber={partNumber}&X-Amz-Signature={signature}';
      return { urlTemplate, headers: {}, signatures, expiresAt: new Date(60_000) };
    },
    signForm: async (form) => {
      asked.form.push(form);
      const urls = { url: 'https://form', dualStackUrl: 'https://dual-stack.form' };
      return { ...urls, fields: { key: form.key }, expiresAt: new Date(60_000) };
    },
    signRequest: async (request) => {
      asked.request.push(request);
      return { method: 'PUT', ...signed('https://request') };
    },
  };
  return { asked, signer };
};
