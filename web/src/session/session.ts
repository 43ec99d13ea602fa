/** Who is signed in. Kept in sessionStorage: it ends with the tab and is never sent by itself, as a cookie would be. */
export interface Session {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Who it is to the API, as histories name them. */
  readonly subjectId: string;
  /** How the provider calls the person. */
  readonly name: string;
}

const key = 'sealdrop.session';

export function readSession(): Session | undefined {
  const stored = sessionStorage.getItem(key);
  if (stored === null) return undefined;
  const session: Session = JSON.parse(stored);
  if (session.expiresAt > Date.now()) return session;
  dropSession();
  return undefined;
}

export const keepSession = (session: Session): void => sessionStorage.setItem(key, JSON.stringify(session));

export const dropSession = (): void => sessionStorage.removeItem(key);
