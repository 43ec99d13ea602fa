import { join } from 'node:path';

/** Builds the page of `web/` into a folder. */
export const buildPage = async (outputDirectory: string): Promise<void> => {
  // Loaded when needed: a start on a page that is built already has no use for it.
  const { build } = await import('vite');
  await build({
    root: join(import.meta.dirname, '..', '..', 'web'),
    logLevel: 'error',
    build: { outDir: outputDirectory, emptyOutDir: true },
  });
};
