import packedChromium from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/**
 * A headless Chromium from an npm package, so that no machine needs one installed. Without the package's own switches:
 * they turn web security off, and with it CORS, which the tests are there to prove.
 */
export async function launchBrowser(): Promise<Browser> {
  packedChromium.setGraphicsMode = false;
  return chromium.launch({
    executablePath: await packedChromium.executablePath(),
    args: [
      // Chromium's sandbox needs rights that containers do not give; the tests visit nothing but 127.0.0.1.
      '--no-sandbox',
      // Nothing calls home.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
