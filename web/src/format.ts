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

/** `8.3 MB/s`, per second. Below a kilobyte nobody wants to know. */
export function speedInWords(bytesPerSecond: number, language?: string): string {
  const power = Math.min(units.length - 1, Math.max(1, Math.floor(Math.log10(Math.max(1, bytesPerSecond)) / 3)));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: `${units[power]}-per-second`,
    unitDisplay: 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytesPerSecond / 1000 ** power);
}

const spans = [
  { unit: 'second', seconds: 1, below: 55 },
  { unit: 'minute', seconds: 60, below: 90 * 60 },
  { unit: 'hour', seconds: 3600, below: 36 * 3600 },
  { unit: 'day', seconds: 86_400, below: Number.POSITIVE_INFINITY },
] as const;

/** `about 3 minutes left`: no more exact than it is known, so that it does not change with every look. */
export function timeLeftInWords(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  const span = spans.find(({ below }) => seconds < below) ?? spans[3];
  const count = span.seconds === 1 ? Math.ceil(seconds / 5) * 5 : Math.max(1, Math.round(seconds / span.seconds));
  const written = new Intl.NumberFormat('en-GB', { style: 'unit', unit: span.unit, unitDisplay: 'long' }).format(count);
  return `about ${written} left`;
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
