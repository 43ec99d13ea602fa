import { useEffect, useState } from 'preact/hooks';

/** Takes files at any time and hands them on once `isReady`: whoever is quick need not choose them twice. */
export function useEarlyFiles(
  isReady: boolean,
  onFiles: (files: readonly File[]) => void,
): (files: readonly File[]) => void {
  const [early, setEarly] = useState<readonly File[]>([]);
  useEffect(() => {
    if (!isReady || early.length === 0) return;
    setEarly([]);
    onFiles(early);
  }, [isReady, early]);
  return (files) => (isReady ? onFiles(files) : setEarly((before) => [...before, ...files]));
}
