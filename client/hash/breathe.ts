/**
 * Lets everything else have its turn. Not by a timer: browsers make those wait four milliseconds each (HTML standard
 * section 8.6), more than the work between takes.
 */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') return void setImmediate(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
