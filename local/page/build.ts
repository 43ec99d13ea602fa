import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The page of `npm start`. */
const webDirectory = join(root, 'web');

/** The pages of examples/, by the names that `npm start -- --example` takes. */
export const exampleDirectories: ReadonlyMap<string, string> = new Map(
  readdirSync(join(root, 'examples'))
    .filter((name) => name.startsWith('uppy-'))
    .map((name) => [name, join(root, 'examples', name)]),
);

/** Builds all pages of a folder, ours unless said otherwise, into another; with the settings of ours, whose policy they get. */
export const buildPage = async (outputDirectory: string, sourceDirectory = webDirectory): Promise<void> => {
  // Loaded when needed: a start on a page that is built already has no use for it.
  const { build } = await import('vite');
  const pages = readdirSync(sourceDirectory).filter((name) => name.endsWith('.html'));
  await build({
    root: sourceDirectory,
    configFile: join(webDirectory, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      outDir: outputDirectory,
      emptyOutDir: true,
      rollupOptions: { input: pages.map((name) => join(sourceDirectory, name)) },
    },
  });
};
