import type { AnyObjectVersion } from '../store/object-version.ts';

/** Hexadecimal; of two events of one key the one with the greater sequencer came later. */
export const sequencerOf = ({ sequence }: AnyObjectVersion): string =>
  sequence.toString(16).toUpperCase().padStart(18, '0');
