import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { findPerson } from '../../../../local/identity/people.ts';
import { apiOf } from '../../../support/api.ts';
import type { TestCloud } from '../../../support/cloud.ts';
import { clearFaults, walkInParts } from './journey-in-parts.ts';
import { openQueue } from './queue-file.ts';
import { aPdf, goneEvent, okay, openOnce, type PartsStep, type Step, share } from './steps.ts';

export interface Journey {
  readonly documentId: string | undefined;
  /** The step that failed, and what the person or the log was told; undefined where the journey ended well. */
  readonly failure: { readonly step: Step; readonly said: string } | undefined;
  /** What the local cloud says of itself since the start of the journey. */
  readonly faults: readonly string[];
}

const subject = { type: 'patient', id: findPerson('patient-north')?.subjectId };

const readLog = (cloud: TestCloud, name: string): string => {
  const file = join(cloud.dataDirectory, 'logs', `${name}.log`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** Someone who goes through a local cloud from end to end. */
export const travelerIn = async (cloud: TestCloud) => {
  const api = await apiOf(cloud, 'patient-north');
  const [mapping] = cloud.template.all('AWS::Lambda::EventSourceMapping');
  const verifier = cloud.template.all('AWS::Lambda::Function').find(({ ref }) => ref === mapping?.config.FunctionName);
  if (mapping === undefined || verifier === undefined) throw new Error('No queue feeds a function.');
  const queue = openQueue(cloud, mapping.config.EventSourceArn);
  const faultsOf = () => readLog(cloud, 'local-cloud').split('\n').filter(Boolean);

  const isHandled = (documentId: string): boolean =>
    !queue.holds(documentId) &&
    readLog(cloud, verifier.ref)
      .split('\n')
      .some((line) => line.includes('UPLOAD_RECORDED') && line.includes(documentId));

  const settled = (documentId: string, isGivenUp = () => false) =>
    vi.waitUntil(() => isGivenUp() || isHandled(documentId), { timeout: 10_000, interval: 5 });

  const travel = async (): Promise<Journey> => {
    const before = faultsOf().length;
    const faults = () => faultsOf().slice(before);
    const handled = async (documentId: string) => {
      await settled(documentId, () => faults().length > 0);
      if (faults().length > 0) throw new Error(faults().join('\n'));
    };
    let step: Step = 'declare';
    let documentId: string | undefined;
    try {
      const content = aPdf();
      const key = { 'Idempotency-Key': randomUUID() };
      const instruction = await api.declare(content, 'a.pdf', 'application/pdf', key);
      await api.declare(content, 'a.pdf', 'application/pdf', key);
      documentId = instruction.document.id;
      step = 'put';
      okay(await api.put(instruction, content));
      step = 'event';
      await handled(documentId);
      step = 'vanished';
      const { document, upload } = await api.declare(content);
      queue.send(goneEvent(upload.url));
      cloud.wake();
      await handled(document.id);
      const at = (next: PartsStep) => {
        step = next;
      };
      await walkInParts({ cloud, api: () => api, at, handled });
      step = 'settings';
      okay(await api.call('/v1/settings'));
      step = 'list';
      if (!okay(await api.call('/v1/documents')).includes(documentId)) throw new Error('The document is not listed.');
      step = 'list-own';
      okay(await api.call('/v1/me/documents'));
      step = 'get';
      okay(await api.call(`/v1/documents/${documentId}`));
      const { state } = await api.settle(documentId);
      if (state !== 'available') throw new Error(`The document is ${state}.`);
      step = 'head';
      okay(await api.call(`/v1/documents/${documentId}`, { method: 'HEAD' }));
      step = 'update';
      for (const title of ['Letter', 'Another letter']) {
        const headers = { 'Content-Type': 'application/json', 'If-Match': '*' };
        const body = JSON.stringify({ title, subject });
        okay(await api.call(`/v1/documents/${documentId}`, { method: 'PATCH', headers, body }));
      }
      step = 'list-about';
      const listed = okay(await api.call(`/v1/subjects/${subject.type}/${subject.id}/documents`));
      if (!listed.includes(documentId)) throw new Error('The document is not in its subject’s list.');
      step = 'download';
      const { url } = JSON.parse(okay(await api.call(`/v1/documents/${documentId}/download`)));
      const response = await fetch(url);
      okay({ status: response.status, headers: response.headers, text: await response.text() });
      step = 'share';
      const link = await share(api, documentId);
      step = 'open';
      await openOnce(link);
      step = 'history';
      okay(await api.call(`/v1/documents/${documentId}/history`));
      step = 'delete';
      okay(await api.call(`/v1/documents/${documentId}`, { method: 'DELETE' }));
      step = 'restore';
      for (const _time of [1, 2])
        okay(
          await api.call(`/v1/documents/${documentId}/restore`, {
            method: 'POST',
            headers: { 'Idempotency-Key': `restore-${documentId}` },
          }),
        );
      return { documentId, failure: undefined, faults: faults() };
    } catch (cause) {
      return { documentId, failure: { step, said: String(cause) }, faults: faults() };
    } finally {
      await clearFaults(cloud);
    }
  };

  return {
    travel,
    /** Delivers the event of a document again, and waits until it is dealt with. */
    redeliver: async (documentId: string) => {
      queue.release();
      cloud.wake();
      await settled(documentId);
      return api.settle(documentId);
    },
    close: () => queue.close(),
  };
};
