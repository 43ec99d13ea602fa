import type { AddressClass, RejectionReason } from '../../contract/states.ts';
import type { Change, DocumentRecord } from './document.ts';
import { type Cause, type TransitionName, transitions } from './lifecycle.ts';

export interface ChangeOrigin {
  readonly at: Date;
  readonly by: string;
  readonly cause: Cause;
  readonly requestId: string;
  readonly addressClass?: AddressClass;
  readonly rejectionReason?: RejectionReason;
}

/** Of what the sweeper does by itself. */
export const bySweep = (at: Date, requestId: string): ChangeOrigin => ({ at, by: 'sweep', cause: 'sweep', requestId });

/** The change a transition makes to a record. A cause the lifecycle does not name for it is a bug. */
export const changeOf = (name: TransitionName, record: DocumentRecord | null, origin: ChangeOrigin): Change => {
  const { causes, to } = transitions[name] as { causes: readonly Cause[]; to: Change['to'] };
  if (!causes.includes(origin.cause))
    throw new Error(`The lifecycle has no transition ${name} caused by ${origin.cause}.`);
  return {
    revision: (record?.lastChange.revision ?? 0) + 1,
    at: origin.at.toISOString(),
    by: origin.by,
    from: record?.state ?? null,
    to,
    cause: origin.cause,
    requestId: origin.requestId,
    ...(origin.addressClass !== undefined && { addressClass: origin.addressClass }),
    ...(origin.rejectionReason !== undefined && { rejectionReason: origin.rejectionReason }),
  };
};
