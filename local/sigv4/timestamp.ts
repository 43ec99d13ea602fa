const basic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** ISO 8601 basic format, `20130524T000000Z`. Undefined where it is not that, or no such moment. */
export function parseTimestamp(text: string): Date | undefined {
  const [, year, month, day, hours, minutes, seconds] = basic.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export const formatTimestamp = (date: Date): string => `${date.toISOString().replace(/[-:]|\.\d{3}/g, '')}`;

/** As error documents write moments: `2013-05-24T00:00:00Z`. */
export const formatErrorTime = (date: Date): string => date.toISOString().replace(/\.\d{3}/, '');
