import { changeOf } from '../../../../lambdas/domain/change.ts';
import type { DocumentRecord } from '../../../../lambdas/domain/document.ts';
import { type TransitionName, transitions } from '../../../../lambdas/domain/lifecycle.ts';
import { type CounterRef, type Usage, usageOf } from '../../../../lambdas/domain/quota.ts';
import type { Documents, Quotas } from '../../../../lambdas/ports.ts';
import { countedDocuments } from '../../../../lambdas/usecases/counted-documents.ts';
import { recount } from '../../../../lambdas/usecases/recount.ts';
import { requestUpload } from '../../../../lambdas/usecases/request-upload.ts';
import { defaultProfile } from '../../../../profiles/default.ts';
import { addressOf, spySigner, storageSettings } from '../../../support/callers.ts';
import { movableClock } from '../../../support/clock.ts';
import { memoryDocuments } from '../../../support/memory-documents.ts';
import { memoryQuotas } from '../../../support/memory-quotas.ts';
import { memoryUploads } from '../../../support/memory-uploads.ts';

export const tenantId = 'north-clinic';

/** Small, so that a few documents reach them. */
export const limits = {
  user: { documentsMax: 3, sizeBytesMax: 8 },
  tenant: { documentsMax: 4, sizeBytesMax: 10 },
};

export type Act =
  | { readonly kind: 'declare'; readonly ownerId: string; readonly sizeBytes: number }
  /** Any transition of any document, whether it may be made or not, and once more from the same reading of it. */
  | { readonly kind: 'change'; readonly document: number; readonly name: TransitionName }
  | { readonly kind: 'recount' };

/** What happens to an act at one of its calls. */
export interface Trouble {
  readonly call: number;
  readonly what: 'dies-before' | 'dies-after' | Act;
}

export interface Step {
  readonly act: Act;
  readonly trouble?: Trouble | undefined;
  /** What passes before it. */
  readonly minutes: number;
}

class Died extends Error {}

/** The tables in memory, and functions that die at any call or have another one come in between. */
export class QuotaWorld {
  readonly documents = memoryDocuments();
  readonly quotas = memoryQuotas();
  readonly clock = movableClock();
  #ids = 0;

  async take({ act, trouble, minutes }: Step): Promise<void> {
    this.clock.advance(minutes * 60_000);
    await this.#do(act, trouble).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
  }

  /** What a counter would have to say. */
  truth({ tenantId: tenant, ownerId }: CounterRef): Usage {
    const isOf = (record: DocumentRecord) =>
      record.tenantId === tenant && (ownerId === undefined || record.ownerId === ownerId);
    return usageOf([...this.documents.records.values()].filter(isOf));
  }

  /** Three days of sweeps without any trouble. */
  async settle(): Promise<void> {
    for (let hours = 0; hours < 72; hours += 1) await this.take({ act: { kind: 'recount' }, minutes: 60 });
  }

  async #do(act: Act, trouble?: Trouble): Promise<void> {
    const { clock } = this;
    let calls = 0;
    const troubled = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get: (target, name) => {
          const member = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return async (...parameters: unknown[]) => {
            const isHere = calls++ === trouble?.call;
            if (isHere && trouble.what === 'dies-before') throw new Died();
            if (isHere && typeof trouble.what === 'object') await this.#do(trouble.what);
            const answer = await member.apply(target, parameters);
            if (isHere && trouble.what === 'dies-after') throw new Died();
            return answer;
          };
        },
      });
    const quotas = troubled(this.quotas);
    const documents = countedDocuments(troubled(this.documents), quotas);
    if (act.kind === 'declare') return this.#declare(act, { documents, quotas });
    if (act.kind === 'change') return this.#change(act, documents);
    for (const ref of this.quotas.listDue({ now: clock.now() }))
      await recount({ clock, documents, quotas }, ref, () => true);
  }

  async #declare({ ownerId, sizeBytes }: Act & { kind: 'declare' }, ports: { documents: Documents; quotas: Quotas }) {
    const deps = {
      ...ports,
      clock: this.clock,
      ids: { next: () => `01890a5d-ac96-774b-bcce-${String(++this.#ids).padStart(12, '0')}` },
      signer: spySigner().signer,
      uploads: memoryUploads(),
      addressOf,
      storageSettings,
      profile: { ...defaultProfile, quota: limits },
    };
    await requestUpload(deps)({
      caller: { tenantId, subjectId: ownerId, roles: ['patient'] },
      requestId: 'r',
      addressClass: 'private',
      body: { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes, sha256: 'ab'.repeat(32) },
    });
  }

  async #change({ document, name }: Act & { kind: 'change' }, documents: Documents) {
    const records = [...this.documents.records.values()];
    const record = records[document % records.length];
    if (record === undefined || name === 'declare') return;
    const [cause] = transitions[name].causes;
    const change = changeOf(name, record, { at: this.clock.now(), by: 'x', cause, requestId: 'r' });
    const deletedFrom: DocumentRecord['deletedFrom'] =
      name === 'condemnDeleted' || record.state === 'rejected' ? 'rejected' : 'available';
    const facts = {
      change,
      versionId: record.versionId ?? 'v1',
      ...((name === 'delete' || name === 'condemnDeleted') && { deletedFrom }),
    };
    // A message that is delivered twice at once finds the same record twice.
    for (const _delivery of [1, 2]) await documents.apply(name, record, facts);
  }
}
