/** A connection to the DevTools of a browser, or to one page over it. */
export interface DevTools {
  /** Rejects with what the browser says against it. */
  send<Result = unknown>(method: string, params?: object): Promise<Result>;
  on<Event>(method: string, listener: (event: Event) => void): void;
}

export interface BrowserDevTools extends DevTools {
  /** The same connection, for the session of one page. */
  session(sessionId: string): DevTools;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: never;
  readonly result?: never;
  readonly error?: { readonly message: string };
}

/** The Chrome DevTools Protocol over its WebSocket. */
export const connectDevTools = async (url: string): Promise<BrowserDevTools> => {
  const socket = new WebSocket(url);
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (reason: Error) => void }>();
  const listeners = new Map<string, ((event: never) => void)[]>();
  let lastId = 0;
  const failAll = (): void => {
    for (const { reject } of waiting.values()) reject(new Error('The browser is gone.'));
    waiting.clear();
  };
  socket.addEventListener('close', failAll);
  socket.addEventListener('message', ({ data }) => {
    const { id, sessionId = '', method, params, result, error }: Message = JSON.parse(String(data));
    if (id === undefined) {
      for (const listen of listeners.get(`${sessionId} ${method}`) ?? []) listen(params as never);
      return;
    }
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error === undefined) resolve?.(result as never);
    else reject?.(new Error(`DevTools: ${error.message}`));
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`There are no DevTools at ${url}.`)), { once: true });
  });
  const session = (sessionId: string): DevTools => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId !== '' && { sessionId }) }));
      }),
    on: (method, listener) => {
      const name = `${sessionId} ${method}`;
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
  });
  return { ...session(''), session, close: () => socket.close() };
};
