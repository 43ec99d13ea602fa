import type { RejectionReason } from './states.ts';

/** What a person is told about a rejected upload: what happened, and what to do next. */
export const rejectionDetails: Readonly<Record<RejectionReason, string>> = {
  'size-mismatch': 'The stored file does not have the size that was declared. Upload the file again.',
  'hash-mismatch': 'The stored file is not the one that was declared (its checksum differs). Upload the file again.',
  'content-encoded':
    'The file was stored with a content encoding, so a download would give back other bytes. Upload it without one.',
  'media-type-mismatch':
    'The content of the file is not what its name and type say. Save it in an accepted format and upload it again.',
  'malware-found':
    'The file holds malware. Nobody can download it. Check the device it came from before you upload anything else.',
  'not-scannable':
    'The file cannot be checked for malware; files with a password cannot. Save it without one and upload it again.',
};
