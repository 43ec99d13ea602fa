import type { Metadata } from '../../../contract/schemas/metadata.ts';
import type { Settings } from '../../../contract/schemas/settings.ts';

/** What a person says about the files that are added next, as it stands in the form. */
export type Details = Readonly<Partial<Record<DetailName, string>>>;

export type DetailName = 'category' | 'subjectType' | 'subjectId' | 'title' | 'description' | 'documentDate';

/** Patients may speak of themselves only, so they are not asked. */
const isAboutSelf = ({ caller }: Settings): boolean => caller.may.declare === 'own';

/** What the profile requires of every document; tags and attributes are for programs, and not asked for here. */
export function askedFor(settings: Settings | undefined): readonly DetailName[] {
  if (settings === undefined) return [];
  const required = new Set<string>(settings.requiredMetadata);
  const asked: readonly DetailName[] = ['category', 'title', 'description', 'documentDate'];
  const subject: readonly DetailName[] =
    required.has('subject') && !isAboutSelf(settings) ? ['subjectType', 'subjectId'] : [];
  return [...subject, ...asked.filter((name) => required.has(name))];
}

/** The metadata of one file. A title that nobody gave is the file's name without its ending. */
export function metadataFrom(settings: Settings, details: Details, file: File, ownId: string): Metadata {
  const asked = new Set(askedFor(settings));
  const { category, subjectType = '', subjectId = '', title = '', description, documentDate } = details;
  const stem = file.name.replace(/(?<=.)\.[^.]*$/, '').slice(0, settings.metadataLimits.titleLengthMax);
  const own = settings.requiredMetadata.includes('subject') && isAboutSelf(settings);
  return {
    ...(own && { subject: { type: 'patient', id: ownId } }),
    ...(asked.has('subjectId') && { subject: { type: subjectType, id: subjectId.trim() } }),
    ...(asked.has('category') && { category }),
    ...(asked.has('title') && { title: title.trim() || stem }),
    ...(asked.has('description') && { description }),
    ...(asked.has('documentDate') && { documentDate }),
  };
}
