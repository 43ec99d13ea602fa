const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly min: number;
  readonly max: number;
  /** Names for the values from `min` on. */
  readonly names?: readonly string[];
}

/** In this order ("Cron expressions" of the EventBridge user guide). Sunday is day 1 of the week. */
const fields: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 1, max: 7, names: weekdays },
  { min: 1970, max: 2199 },
];

const numberOf = (text: string, { min, max, names = [] }: Field): number | undefined => {
  const name = names.indexOf(text.toUpperCase());
  const number = name >= 0 ? min + name : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
};

/** `*`, `7`, `2-5`, `MON-FRI`, `0/15`, `*\/15`, `2-20/3`; undefined for the wildcards `L`, `W` and `#`, and for mistakes. */
const rangeOf = (text: string, field: Field): readonly number[] | undefined => {
  const { from = '', to, step } = /^(?<from>\*|\w+)(?:-(?<to>\w+))?(?:\/(?<step>[1-9]\d*))?$/.exec(text)?.groups ?? {};
  if (from === '*' && to !== undefined) return undefined;
  const first = from === '*' ? field.min : numberOf(from, field);
  const isOpen = from === '*' || step !== undefined;
  const last = to !== undefined ? numberOf(to, field) : isOpen ? field.max : first;
  if (first === undefined || last === undefined || last < first) return undefined;
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
};

const valuesOf = (text: string, field: Field): readonly number[] | undefined => {
  const ranges = text.split(',').map((range) => rangeOf(range, field));
  return ranges.includes(undefined)
    ? undefined
    : [...new Set(ranges.flatMap((range) => range ?? []))].sort((a, b) => a - b);
};

const dayMs = 86_400_000;

/** Days that are looked at before a schedule counts as over: a 29th of February is at most eight years away. */
const daysMax = 9 * 366;

/**
 * `cron(minutes hours day-of-month month day-of-week year)` in UTC; of the two days one is `?`. Gives the first time
 * after another; undefined where the expression is not understood.
 */
export const compileCron = (expression: string): ((after: Date) => Date | undefined) | undefined => {
  const parts = /^cron\((?<parts>[^()]+)\)$/.exec(expression)?.groups?.parts?.split(' ') ?? [];
  if (parts.length !== fields.length || (parts[2] === '?') === (parts[4] === '?')) return undefined;
  const sets = fields.map((field, index) => {
    const part = parts[index] ?? '';
    return valuesOf(part === '?' && (index === 2 || index === 4) ? '*' : part, field);
  });
  const [minutes, hours, days, monthNumbers, weekdayNumbers, years] = sets;
  if (!(minutes && hours && days && monthNumbers && weekdayNumbers && years)) return undefined;

  const isDay = (day: Date): boolean =>
    days.includes(day.getUTCDate()) &&
    monthNumbers.includes(day.getUTCMonth() + 1) &&
    weekdayNumbers.includes(day.getUTCDay() + 1) &&
    years.includes(day.getUTCFullYear());

  return (after) => {
    const midnight = Math.floor(after.getTime() / dayMs) * dayMs;
    for (let day = 0; day < daysMax; day += 1) {
      const begin = midnight + day * dayMs;
      if (!isDay(new Date(begin))) continue;
      const times = hours.flatMap((hour) => minutes.map((minute) => begin + (hour * 60 + minute) * 60_000));
      const time = times.find((candidate) => candidate > after.getTime());
      if (time !== undefined) return new Date(time);
    }
    return undefined;
  };
};
