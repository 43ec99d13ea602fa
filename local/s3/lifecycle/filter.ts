import type { LifecycleFilter, LifecycleRule } from './rule.ts';
import type { VersionFacts } from './version-facts.ts';

export const hasSizeFilter = ({ objectSizeGreaterThan, objectSizeLessThan }: LifecycleFilter): boolean =>
  objectSizeGreaterThan !== undefined || objectSizeLessThan !== undefined;

/** A delete marker has neither tags nor a size, so no filter by one of them is about it. */
export function applies(
  { status, filter }: LifecycleRule,
  { key, content }: Pick<VersionFacts, 'key' | 'content'>,
): boolean {
  const { prefix = '', tags = {}, objectSizeGreaterThan = -1, objectSizeLessThan = Number.POSITIVE_INFINITY } = filter;
  if (status !== 'Enabled' || !key.startsWith(prefix)) return false;
  const wanted = Object.entries(tags);
  if (content === undefined) return wanted.length === 0 && !hasSizeFilter(filter);
  return (
    wanted.every(([name, value]) => Object.hasOwn(content.tags, name) && content.tags[name] === value) &&
    content.sizeBytes > objectSizeGreaterThan &&
    content.sizeBytes < objectSizeLessThan
  );
}
