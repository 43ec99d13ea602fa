import { type ChangeOrigin, changeOf } from '../domain/change.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { transitions } from '../domain/lifecycle.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { pinnedFacts } from '../domain/verify-upload.ts';
import type { Documents, ObjectFacts, ObjectRef, Objects, TransitionOutcome } from '../ports.ts';
import { type VerifyDeps, verify } from './verify.ts';

export interface RecordVersionDeps extends VerifyDeps {
  readonly documents: Pick<Documents, 'apply'>;
  readonly objects: Pick<Objects, 'readStart' | 'verdict' | 'setState'>;
}

/**
 * Verifies a version of a pending document and pins it. The tag is written before the record, so that a record never
 * says `available` while S3 still refuses the download. Undefined where the version went away meanwhile.
 */
export const recordVersion = async (
  deps: RecordVersionDeps,
  record: DocumentRecord,
  { object, facts, ...origin }: ChangeOrigin & { object: ObjectRef; facts: ObjectFacts },
): Promise<TransitionOutcome | undefined> => {
  const { transition, ...why } = await verify(deps, record, { object, facts });
  const change = changeOf(transition, record, { ...origin, ...why });
  const { to } = transitions[transition];
  // What waits for its verdict stays `incoming`.
  if (to !== 'scanning' && !(await deps.objects.setState(object, objectStateOf[to]))) return undefined;
  return deps.documents.apply(transition, record, {
    change,
    versionId: object.versionId,
    etag: facts.etag,
    ...pinnedFacts(record, facts),
    ...(to === 'available' && { availableAt: change.at }),
    ...why,
  });
};
