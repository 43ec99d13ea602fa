const [second, minute] = [1000, 60_000];

/** S3 refuses a URL whose time is over or more than fifteen minutes ahead. */
export const isFresh = (url: string, now: number): boolean => {
  const [, year, month, date, hours, minutes, seconds] =
    /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(url) ?? [];
  const signedAt = Date.parse(`${year}-${month}-${date}T${hours}:${minutes}:${seconds}Z`);
  const expires = Number(/X-Amz-Expires=(\d+)/.exec(url)?.[1]);
  return now < signedAt + expires * second && signedAt <= now + 15 * minute;
};
