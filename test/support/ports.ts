import { createServer } from 'node:net';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * A port for the local cloud whose next, where S3 would be, is free too. Below the ports that systems give away by
 * themselves, so that no other test's port 0 and no connection takes it meanwhile.
 */
export const choosePort = async (): Promise<number> => {
  const port = 20_000 + 2 * Math.floor(Math.random() * 5000);
  return (await isFree(port)) && (await isFree(port + 1)) ? port : choosePort();
};
