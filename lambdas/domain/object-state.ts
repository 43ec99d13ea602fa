import type { DocumentState, ObjectState } from '../../contract/states.ts';

/** The state tag that a document's object must carry in each state of the record. */
export const objectStateOf: Readonly<Record<DocumentState, ObjectState>> = {
  pending: 'incoming',
  scanning: 'incoming',
  available: 'available',
  rejected: 'rejected',
  expired: 'incoming',
  deleted: 'deleted',
  purging: 'deleted',
  purged: 'deleted',
};
