interface Props {
  readonly message?: string | undefined;
  readonly busy: boolean;
  readonly onSignIn: () => void;
}

/** What a person sees before they are signed in. */
export function Welcome({ message, busy, onSignIn }: Props) {
  return (
    <main class="welcome">
      <h1>Send documents, sealed</h1>
      <p>
        Upload your documents from this browser straight to{' '}
        {location.protocol === 'http:' ? 'storage' : 'encrypted storage'}. Every file is checked before it can be
        opened, and what you download is exactly what you sent.
      </p>
      <div role="alert">{message !== undefined && <p class="notice">{message}</p>}</div>
      <button type="button" class="primary" onClick={onSignIn} disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </main>
  );
}
