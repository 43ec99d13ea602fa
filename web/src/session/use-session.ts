import * as oauth from 'oauth4webapi';
import { useEffect, useState } from 'preact/hooks';
import type { Configuration } from '../configuration.ts';
import { dropSession, keepSession, readSession, type Session } from './session.ts';
import { beginSignIn, finishSignIn, isReturnFromProvider } from './sign-in.ts';

export const sessionEnded =
  'Your session has ended. Sign in again and choose the files that were not finished again; large ones go on where they stopped.';

export type SessionState =
  | { readonly kind: 'signing-in' }
  | { readonly kind: 'signed-out'; readonly message?: string }
  | { readonly kind: 'signed-in'; readonly session: Session };

export interface SessionControl {
  readonly state: SessionState;
  signIn(): void;
  /** With a message where it was not the person who ended it. */
  signOut(message?: string): void;
}

export function useSession(configuration: Configuration): SessionControl {
  const [state, setState] = useState<SessionState>(initialState);

  const signOut = (message?: string) => {
    dropSession();
    setState(message === undefined ? { kind: 'signed-out' } : { kind: 'signed-out', message });
  };
  const fail = (error: unknown) => {
    signOut(wordsForSignInFailure(error));
  };

  useEffect(() => {
    if (!isReturnFromProvider(new URL(location.href))) return;
    finishSignIn(configuration).then((session) => {
      keepSession(session);
      setState({ kind: 'signed-in', session });
    }, fail);
  }, []);

  useEffect(() => {
    if (state.kind !== 'signed-in') return;
    const timer = setTimeout(() => signOut(sessionEnded), Math.min(state.session.expiresAt - Date.now(), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [state]);

  const signIn = () => {
    setState({ kind: 'signing-in' });
    beginSignIn(configuration).catch(fail);
  };
  return { state, signIn, signOut };
}

function initialState(): SessionState {
  if (isReturnFromProvider(new URL(location.href))) return { kind: 'signing-in' };
  const session = readSession();
  return session === undefined ? { kind: 'signed-out' } : { kind: 'signed-in', session };
}

function wordsForSignInFailure(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied') {
    return 'The sign-in was cancelled. Sign in to go on.';
  }
  if (error instanceof TypeError) return 'The sign-in service cannot be reached. Check the connection and try again.';
  return 'The sign-in did not succeed. Try again.';
}
