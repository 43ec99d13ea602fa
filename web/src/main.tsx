import { render } from 'preact';
import { App } from './app.tsx';
import { loadConfiguration } from './configuration.ts';
import { Header } from './page/header.tsx';

const root = document.querySelector('#app');
if (root === null) throw new Error('index.html lacks the element #app.');

loadConfiguration().then(
  (configuration) => render(<App configuration={configuration} />, root),
  (error: Error) =>
    render(
      <>
        <Header />
        <main class="welcome">
          <h1>Sealdrop cannot start</h1>
          <p class="notice bad" role="alert">
            {error.message}
          </p>
        </main>
      </>,
      root,
    ),
);
