import { useEffect, useState } from 'preact/hooks';

/** Bytes are reported many times a second while they move, on the slowest lines too. */
const stillMilliseconds = 5000;

/** Whether `value` has been the same for a while. */
export function useStill(value: unknown): boolean {
  const [isStill, setStill] = useState(false);
  useEffect(() => {
    setStill(false);
    const timer = setTimeout(() => setStill(true), stillMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return isStill;
}
