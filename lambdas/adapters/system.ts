import { randomUUIDv7 } from 'node:crypto';
import type { Clock, DocumentIds } from '../ports.ts';

export const systemClock: Clock = { now: () => new Date() };

/** RFC 9562 section 5.7: sorts by time, 74 random bits. */
export const uuidV7: DocumentIds = { next: () => randomUUIDv7() };
