import type { RunningHash, StartHash } from './running-hash.ts';

/** Loaded when it is needed first: a page that hashes nothing does not pay for it. */
const startWasm: StartHash = async (algorithm) => (await import('./wasm.ts')).wasmHash(algorithm);

/** Node's own SHA-256 is five times as fast as WebAssembly's. Looked up at run time, for no bundler to follow. */
function startNative(): RunningHash | undefined {
  if (typeof process === 'undefined' || process.getBuiltinModule === undefined) return undefined;
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

export const startHash: StartHash = async (algorithm) =>
  (algorithm === 'SHA256' ? startNative() : undefined) ?? startWasm(algorithm);
