import { useEffect, useState } from 'preact/hooks';
import { type Client, ProblemError } from '../../../client/index.ts';
import type { Settings } from '../../../contract/schemas/settings.ts';
import { failureInWords } from '../words.ts';

/** What is accepted here and must be said of each file. Undefined until it is known. */
export function useSettings(client: Client, onUnauthenticated: () => void): Settings | undefined {
  const [settings, setSettings] = useState<Settings>();
  useEffect(() => {
    client.call('getSettings', {}).then(setSettings, (error: unknown) => {
      if (error instanceof ProblemError && error.kind === 'unauthenticated') return onUnauthenticated();
      // The page asks for nothing then, and the API says with each file what is missing.
      console.warn(failureInWords(error).sentence);
    });
  }, [client]);
  return settings;
}
