import { useEffect, useState } from 'preact/hooks';
import { type Client, ProblemError } from '../../../client/index.ts';
import type { Settings } from '../../../contract/schemas/settings.ts';
import { failureInWords } from '../words.ts';

export interface SettingsControl {
  /** What is accepted here and must be said of each file. Undefined until it is known, and where it cannot be. */
  readonly settings: Settings | undefined;
  /** Whether they may still come. */
  readonly isLoading: boolean;
}

export function useSettings(client: Client, onUnauthenticated: () => void): SettingsControl {
  const [control, setControl] = useState<SettingsControl>({ settings: undefined, isLoading: true });
  useEffect(() => {
    client.call('getSettings', {}).then(
      (settings) => setControl({ settings, isLoading: false }),
      (error: unknown) => {
        if (error instanceof ProblemError && error.kind === 'unauthenticated') return onUnauthenticated();
        // The page asks for nothing then, and the API says with each file what is missing.
        console.warn(failureInWords(error).sentence);
        setControl({ settings: undefined, isLoading: false });
      },
    );
  }, [client]);
  return control;
}
