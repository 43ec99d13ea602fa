/** What a deployment tells the page, as `/config.json` beside it. */
export interface Configuration {
  readonly apiUrl: string;
  /** OpenID Connect issuer, the exact string of its discovery document. */
  readonly issuer: string;
  readonly clientId: string;
  /** Space-separated scopes of the API. */
  readonly scope: string;
}

const fields = ['apiUrl', 'issuer', 'clientId', 'scope'] as const satisfies readonly (keyof Configuration)[];

/** Throws an `Error` whose message may be shown. */
export async function loadConfiguration(): Promise<Configuration> {
  const value: Partial<Record<string, unknown>> | undefined = await fetch('./config.json', { cache: 'no-store' }).then(
    (response) => (response.ok ? response.json() : undefined),
    () => undefined,
  );
  if (value === undefined)
    throw new Error('The settings of this page cannot be loaded. Check the connection and reload.');
  const missing = fields.filter((field) => typeof value[field] !== 'string');
  if (missing.length > 0) throw new Error(`The settings of this page lack ${missing.join(', ')}. Tell your support.`);
  return value as Configuration & typeof value;
}
