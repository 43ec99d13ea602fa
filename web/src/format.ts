const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/**
 * `1.2 MB` as the reader's language writes it; decimal units, as file managers show. For a limit let it round down
 * (`floor`): a file of the size that is shown must not be too large.
 */
export function sizeInWords(
  sizeBytes: number,
  language?: string,
  roundingMode: 'floor' | 'halfExpand' = 'halfExpand',
): string {
  const power = sizeBytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
    roundingMode,
  }).format(sizeBytes / 1000 ** power);
}

/** A moment in the reader's language and time zone. */
export const momentInWords = (timestamp: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(timestamp));

/** The time of day of a moment, as `momentInWords` ends. */
export const timeInWords = (timestamp: string): string =>
  new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(new Date(timestamp));

/** A day in the reader's language and time zone. */
export const dayInWords = (timestamp: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(new Date(timestamp));

const misleading = /[\p{Cc}\p{Bidi_Control}]/gu;

/** A file name for the eye: without control and bidi characters, which could make `exe.pdf` of `fdp.exe`. */
export const nameForDisplay = (fileName: string): string => fileName.replace(misleading, '') || 'unnamed';
