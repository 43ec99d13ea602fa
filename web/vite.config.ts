import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the page may live under any path.
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows no inline script, and data: for images only.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
