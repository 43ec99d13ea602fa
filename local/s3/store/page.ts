import { keyBytes, type Row } from './version-row.ts';

/** At most `limit` entries: keys that start with `prefix`, those that share more up to a delimiter as one entry. */
export interface Page {
  readonly bucket: string;
  readonly prefix: string;
  /** The empty text: keys are not rolled up. */
  readonly delimiter: string;
  readonly limit: number;
}

export type Entry<Item> = { readonly item: Item } | { readonly commonPrefix: string };

export interface Listed<Item> {
  readonly entries: readonly Entry<Item>[];
  readonly isTruncated: boolean;
}

export type Scan = (from: Uint8Array) => Iterable<Row>;

/** The first key that no longer starts with the prefix: no byte of UTF-8 is FF. */
export const endOfPrefix = (prefix: string): Uint8Array => Buffer.concat([keyBytes(prefix), Buffer.of(0xff)]);

export function commonPrefixOf(key: string, { prefix, delimiter }: Page): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/**
 * Where the page after the key or common prefix `after` begins. "CommonPrefixes is filtered out from results if it is
 * not lexicographically greater than the StartAfter value" (ListObjectsV2): a marker within a common prefix skips it.
 */
export function startOfPage(page: Page, after: string): Uint8Array {
  const passed = commonPrefixOf(after, page);
  const next = passed === undefined ? Buffer.concat([keyBytes(after), Buffer.of(0)]) : endOfPrefix(passed);
  const first = keyBytes(page.prefix);
  return Buffer.compare(next, first) > 0 ? next : first;
}

/** Behind a common prefix the scan starts anew, so a page costs as many steps as it has entries, not keys. */
export function readPage<Item extends { readonly key: string }>(
  page: Page,
  start: Uint8Array,
  scan: Scan,
  itemOf: (row: Row) => Item,
): Listed<Item> {
  const entries: Entry<Item>[] = [];
  let next: Uint8Array | undefined = start;
  while (next !== undefined) {
    const from = next;
    next = undefined;
    for (const row of scan(from)) {
      if (entries.length === page.limit) return { entries, isTruncated: entries.length > 0 };
      const item = itemOf(row);
      const commonPrefix = commonPrefixOf(item.key, page);
      entries.push(commonPrefix === undefined ? { item } : { commonPrefix });
      if (commonPrefix === undefined) continue;
      next = endOfPrefix(commonPrefix);
      break;
    }
  }
  return { entries, isTruncated: false };
}
