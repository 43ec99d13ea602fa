import type { Configuration } from './configuration.ts';
import { Header } from './page/header.tsx';
import { Welcome } from './page/welcome.tsx';
import { Workspace } from './page/workspace.tsx';
import { useSession } from './session/use-session.ts';

export function App({ configuration }: { readonly configuration: Configuration }) {
  const { state, signIn, signOut } = useSession(configuration);
  if (state.kind === 'signed-in') {
    return <Workspace configuration={configuration} session={state.session} onSignOut={signOut} />;
  }
  return (
    <>
      <Header />
      <Welcome
        busy={state.kind === 'signing-in'}
        message={state.kind === 'signed-out' ? state.message : undefined}
        onSignIn={signIn}
      />
    </>
  );
}
