/** When a UUIDv7 was made: its first 48 bits are milliseconds since 1970 (RFC 9562 section 5.7). */
export const timeOfId = (id: string): Date => new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16));
