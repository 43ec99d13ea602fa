import { FileError, ProblemError, SealdropError } from '../../client/index.ts';
import type { QuotaUse } from '../../contract/problems.ts';
import type { Document } from '../../contract/schemas/document.ts';
import type { DocumentState } from '../../contract/states.ts';
import { dayInWords, sizeInWords } from './format.ts';
import { labelsInWords } from './media-types.ts';

/** Everything the page says about things that come from the client and the contract. */

/** What happened and what to do next; `reference` helps support to find the request. */
export interface Failure {
  readonly sentence: string;
  readonly reference?: string;
  /** Whether doing the very same again can help. */
  readonly canRetry: boolean;
}

export const wrongTypeInWords = (accepted: readonly string[]): string =>
  `Files of this type are not accepted here. Choose a file of type ${labelsInWords(accepted)}.`;

export const tooLargeInWords = (sizeBytesMax: number): string =>
  `The file is too large. Choose a file of at most ${sizeInWords(sizeBytesMax, undefined, 'floor')}.`;

export function failureInWords(error: unknown): Failure {
  if (!(error instanceof SealdropError)) {
    console.error(error);
    return { sentence: 'Something went wrong on this page. Reload it and try again.', canRetry: true };
  }
  if (error instanceof ProblemError && error.problem.mediaTypes !== undefined) {
    return { sentence: wrongTypeInWords(error.problem.mediaTypes), canRetry: false };
  }
  if (error instanceof ProblemError && error.problem.sizeBytesMax !== undefined) {
    return { sentence: tooLargeInWords(error.problem.sizeBytesMax), canRetry: false };
  }
  if (error instanceof ProblemError && error.problem.quota !== undefined)
    return { sentence: quotaInWords(error.problem.quota), canRetry: true };
  if (!(error instanceof ProblemError)) return { sentence: error.message, canRetry: !(error instanceof FileError) };
  const { detail, errors = [], requestId } = error.problem;
  const details = errors.map((fieldError) => fieldError.detail).filter((sentence) => !detail.includes(sentence));
  const sentence = [detail, ...details].join(' ');
  const canRetry = error.status !== 422;
  return error.status >= 500 && requestId !== ''
    ? { sentence, reference: requestId, canRetry }
    : { sentence, canRetry };
}

/** What is deleted counts until it is purged: room comes later. */
function quotaInWords({ scope, documents, documentsMax, sizeBytes, sizeBytesMax }: QuotaUse): string {
  const whose = scope === 'user' ? 'Your space' : 'The space of your organization';
  const used = `${documents} of ${documentsMax} documents, ${sizeInWords(sizeBytes)} of ${sizeInWords(sizeBytesMax)}`;
  return `${whose} is used up (${used}). Delete what is no longer needed and wait until it is purged, or ask your administrator for more.`;
}

export type Tone = 'good' | 'waiting' | 'bad' | 'quiet';

/** `short` for the badge, `detail` where the person has to know more. */
export interface StateWords {
  readonly short: string;
  readonly tone: Tone;
  readonly detail?: string;
}

const stateWords: Readonly<Record<DocumentState, StateWords>> = {
  pending: { short: 'Not received yet', tone: 'waiting' },
  scanning: { short: 'Being checked', tone: 'waiting' },
  available: { short: 'Available', tone: 'good' },
  rejected: { short: 'Refused', tone: 'bad', detail: 'The file was refused. Upload it again.' },
  expired: { short: 'Not received', tone: 'quiet', detail: 'Was not received. Upload the file again.' },
  deleted: { short: 'Deleted', tone: 'quiet' },
  purging: { short: 'Deleted', tone: 'quiet', detail: 'It is being removed for good.' },
  purged: { short: 'Deleted', tone: 'quiet', detail: 'It was removed for good.' },
};

export const isDeleted = ({ state }: Document): boolean =>
  state === 'deleted' || state === 'purging' || state === 'purged';

/** Where a button makes sense; the API has the last word. */
export const canDelete = ({ state }: Document): boolean => state === 'available' || state === 'rejected';

export const canRestore = ({ state, rejection, purgeAfter = '' }: Document, now: number): boolean =>
  state === 'deleted' && rejection === undefined && now < Date.parse(purgeAfter);

function deletionInWords(document: Document, now: number): string {
  if (canRestore(document, now)) return `You can restore it until ${dayInWords(document.purgeAfter ?? '')}.`;
  return document.rejection === undefined
    ? 'It is being removed for good.'
    : 'It was refused before, so it cannot be restored.';
}

/**
 * A transfer that began elsewhere before its permission ran out may still end well, so it is worth looking for a while;
 * an hour later it will not. Uploads of this tab are not in the list before they are settled.
 */
const transferMillisecondsMax = 60 * 60_000;

export const mayStillArrive = (document: Document, now: number): boolean =>
  now < Date.parse(document.uploadExpiresAt) + transferMillisecondsMax;

/** What the page may promise about the way of a file: nothing of encryption where the page itself came without. */
export const transferInWords = (protocol: string): string =>
  protocol === 'http:'
    ? 'Files go straight to storage and are checked before anyone can open them.'
    : 'Files go encrypted, straight to storage, and are checked before anyone can open them.';

export function stateInWords(document: Document, now: number): StateWords {
  const { state, rejection } = document;
  if (state === 'deleted') return { ...stateWords.deleted, detail: deletionInWords(document, now) };
  if (state === 'rejected' && rejection !== undefined) return { ...stateWords.rejected, detail: rejection.detail };
  if (state === 'pending' && now >= Date.parse(document.uploadExpiresAt)) return stateWords.expired;
  return stateWords[state];
}
