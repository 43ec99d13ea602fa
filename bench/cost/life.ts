import { createHash } from 'node:crypto';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { UploadInstruction } from '../../contract/schemas/upload.ts';
import { objectKey } from '../../lambdas/domain/object-key.ts';
import { applyScanResult } from '../../lambdas/usecases/apply-scan-result.ts';
import { getDocument } from '../../lambdas/usecases/get-document.ts';
import { issueDownload } from '../../lambdas/usecases/issue-download.ts';
import { recordUpload } from '../../lambdas/usecases/record-upload.ts';
import { requestUpload } from '../../lambdas/usecases/request-upload.ts';
import { settleDocument } from '../../lambdas/usecases/settle-document.ts';
import assumptions from './assumptions.json' with { type: 'json' };
import { countS3 } from './metered-clients.ts';
import type { Meter, Usage } from './usage.ts';
import type { World } from './world.ts';

export interface Step {
  readonly name: string;
  readonly usage: Usage;
}

/** What an environment does with a document besides taking it, and how it is brought. */
export interface Kind {
  readonly isScanned: boolean;
  readonly hasQuotas: boolean;
  /** By a form, as browsers bring what is small. @default - by a PUT */
  readonly isByForm?: boolean;
}

const caller = { tenantId: 'north-clinic', subjectId: 'patient-1', roles: ['patient'] } as const;
const asking = { caller, requestId: 'request-1', addressClass: 'public-ipv4' as const };
const { lambdaMilliseconds, lambdaGigabytes, messagesPerBatch } = assumptions;

const countLambda = (meter: Meter, kind: keyof typeof lambdaMilliseconds, share = 1): void => {
  meter.add('lambdaRequests', share);
  meter.add('lambdaGigabyteSeconds', ((lambdaMilliseconds[kind] * lambdaGigabytes) / 1000) * share);
};

const countApi = (meter: Meter): void => {
  meter.add('apiRequests');
  countLambda(meter, 'api');
};

/** Sent, received and deleted; Lambda's pollers receive and delete a batch in one request each. */
const countMessage = (meter: Meter): void => {
  meter.add('sqsRequests', 1 + 2 / messagesPerBatch);
  countLambda(meter, 'events', 1 / messagesPerBatch);
};

/** The whole of a PDF; its size changes nothing of what is counted here. */
const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

const send = (upload: UploadInstruction['upload']): Promise<Response> => {
  if (upload.kind === 'single-put') return fetch(upload.url, { method: 'PUT', headers: upload.headers, body: pdf });
  if (upload.kind !== 'form-post') throw new Error('A first declaration of a small file asks for its bytes.');
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append('file', new Blob([pdf]));
  return fetch(upload.url, { method: 'POST', body: form });
};

/** A form can be used again, so the sweeper looks once more when no transfer can be under way any more. */
const lookAgain = async (deps: World['deps'] & { readonly isScanned: boolean }, documentId: string): Promise<void> => {
  const clock = { now: () => new Date(Date.now() + 86_400_000) };
  const request = () => Promise.reject(new Error('Nothing is scanned again.'));
  const ref = { tenantId: caller.tenantId, documentId };
  await settleDocument({ ...deps, clock, scanner: { request } }, ref, 'sweep-1');
};

/** The normal life of one document, step by step: declared, uploaded, verified, scanned where it is, downloaded once. */
export const liveOnce = async (world: World, meter: Meter, kind: Kind): Promise<Step[]> => {
  const { isScanned, hasQuotas, isByForm = false } = kind;
  const { quota, ...profile } = world.deps.profile;
  const deps = { ...world.deps, isScanned, profile: { ...profile, ...(hasQuotas && quota && { quota }) } };
  const steps: Step[] = [];
  const step = (name: string): void => void steps.push({ name, usage: meter.read() });
  meter.read();

  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const described = { fileName: 'letter.pdf', mediaType: 'application/pdf', sizeBytes: pdf.length, sha256 } as const;
  const body = { ...described, ...(isByForm && { transfer: 'form' as const }) };
  countApi(meter);
  const declared = await requestUpload(deps)({ ...asking, body });
  if (!declared.ok) throw new Error('The declaration was refused.');
  const { document, upload } = declared.value;
  step('declare');

  const sent = await send(upload);
  if (!sent.ok) throw new Error(`S3 refused the upload: ${await sent.text()}`);
  countS3(meter, isByForm ? 'PostObject' : 'PutObject');
  step('upload');

  const key = objectKey({ tenantId: caller.tenantId, documentId: document.id });
  const { Versions = [] } = await world.client.send(
    new ListObjectVersionsCommand({ Bucket: world.bucket, Prefix: key }),
  );
  const object = { key, versionId: Versions[0]?.VersionId ?? '' };
  // Finding the version is the bench's own doing: S3's event names it.
  meter.read();
  countMessage(meter);
  await recordUpload(deps)({ object, requestId: 'message-1' });
  step('record');

  if (isScanned) {
    meter.add('guardDutyObjects');
    countMessage(meter);
    await applyScanResult(deps)({ object, verdict: 'NO_THREATS_FOUND', requestId: 'message-2' });
    step('scan');
  }

  const params = { documentId: document.id };
  for (let request = 0; request < assumptions.statusRequests; request += 1) {
    countApi(meter);
    await getDocument(deps)({ ...asking, params });
  }
  step('wait');

  countApi(meter);
  const link = await issueDownload(deps)({ ...asking, params, query: {} });
  if (!link.ok || 'redirectTo' in link) throw new Error(`There is no link: ${JSON.stringify(link)}`);
  const got = await fetch(link.value.url);
  if (!pdf.equals(Buffer.from(await got.arrayBuffer()))) throw new Error('Other bytes came back.');
  countS3(meter, 'GetObject');
  step('download');

  if (isByForm) {
    await lookAgain(deps, document.id);
    step('look again');
  }
  return steps;
};
