/** Whole seconds from that of `now`, in which a link signed now begins its life. */
export const secondsUntil = (time: string, now: Date): number =>
  Math.floor(Date.parse(time) / 1000) - Math.floor(now.getTime() / 1000);
