import * as z from 'zod/mini';
import { Problem } from '../../../../contract/problems.ts';
import { routes } from '../../../../contract/routes.ts';
import { UploadInstruction } from '../../../../contract/schemas/upload.ts';
import { uuidV7 } from '../../../../lambdas/adapters/system.ts';
import type { Claims, Documents, Quotas } from '../../../../lambdas/ports.ts';
import { apiHandler } from '../../../../lambdas/runtime/api-handler.ts';
import { requestUpload } from '../../../../lambdas/usecases/request-upload.ts';
import { defaultProfile } from '../../../../profiles/default.ts';
import { apiEvent, authorizer, lambdaContext } from '../../../support/api-event.ts';
import { addressOf, spySigner, storageSettings } from '../../../support/callers.ts';
import { movableClock } from '../../../support/clock.ts';
import { memoryClaims } from '../../../support/memory-claims.ts';
import { memoryDocuments } from '../../../support/memory-documents.ts';
import { memoryQuotas } from '../../../support/memory-quotas.ts';
import { memoryUploads } from '../../../support/memory-uploads.ts';

export interface Ports {
  readonly documents: Documents;
  readonly quotas: Quotas;
  readonly claims: Claims;
}

export const memoryPorts = () => ({ documents: memoryDocuments(), quotas: memoryQuotas(), claims: memoryClaims() });

export interface Declaration {
  readonly key?: string | undefined;
  readonly body?: object;
  readonly subjectId?: string;
  readonly tenantId?: string;
}

export const aBody = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };

const limit = { documentsMax: 1_000_000, sizeBytesMax: 1_000_000_000 };

export const profile = { ...defaultProfile, quota: { user: limit, tenant: limit } };

export const clock = movableClock(new Date('2026-11-21T10:00:00.500Z'));

/** An emulator on a busy machine takes longer than the time that is left in `lambdaContext`. */
const context = { ...lambdaContext, getRemainingTimeInMillis: () => 60_000 };

let requests = 0;

/** Declares through the real handler over these ports, and reads the answer by its schema. */
export const declareOver = (ports: Ports, now = clock, limits = profile) => {
  const { signer } = spySigner();
  const deps = {
    ...ports,
    clock: now,
    ids: uuidV7,
    signer,
    uploads: memoryUploads(),
    addressOf,
    storageSettings,
    profile: limits,
    allowedOrigins: [],
  };
  const handler = apiHandler(routes.requestUpload, requestUpload(deps), deps);
  return async ({ key, body = aBody, subjectId = 'owner-1', tenantId = 'north-clinic' }: Declaration = {}) => {
    const event = apiEvent({
      headers: { 'Content-Type': 'application/json', ...(key !== undefined && { 'idempotency-KEY': key }) },
      body: JSON.stringify(body),
      requestContext: {
        requestId: `request-${++requests}`,
        authorizer: { ...authorizer, subjectId, tenantId, expiresAt: '9999999999' },
        identity: { sourceIp: '203.0.113.7' },
      },
    });
    const { statusCode, headers = {}, body: text } = await handler(event, context);
    const json: unknown = JSON.parse(text);
    return {
      status: statusCode,
      isReplayed: headers['Idempotent-Replayed'] === 'true',
      answer: statusCode === 201 ? z.parse(UploadInstruction, json) : undefined,
      problem: statusCode === 201 ? undefined : z.parse(Problem, json),
    };
  };
};
