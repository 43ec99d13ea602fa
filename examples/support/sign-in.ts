/**
 * Stands in for the sign-in of an application: the local cloud gives out tokens of its people without asking. Deployed
 * environments have an issuer; take the access token that your application has from there.
 */
export async function accessToken(): Promise<string> {
  const answer = await fetch('/identity/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:sealdrop:local:person', person: 'patient-north' }),
  });
  if (!answer.ok) throw new Error('The local cloud gives no token. Start it with npm start, and reload the page.');
  return ((await answer.json()) as { access_token: string }).access_token;
}
