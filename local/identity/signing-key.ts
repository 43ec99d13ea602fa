import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

/** OpenID Connect Discovery 1.0 section 3: RS256 MUST be supported, so it is the only one. */
export const signingAlgorithm = 'RS256';

export interface SigningKey {
  readonly privateKey: CryptoKey;
  /** The public half as published, with `kid` (RFC 7638), `alg` and `use`. */
  readonly publicJwk: JWK & { readonly kid: string };
}

const readStored = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Written beside and renamed, so that a crash leaves no half key; readable by its owner only. */
const createStored = async (directory: string, path: string): Promise<string> => {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const text = JSON.stringify(await exportJWK(privateKey));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
  return text;
};

const parseKey = async (text: string): Promise<SigningKey> => {
  const jwk: JWK = JSON.parse(text);
  const privateKey = await importJWK(jwk, signingAlgorithm);
  const { kty, n, e } = jwk;
  if (privateKey instanceof Uint8Array || kty !== 'RSA' || n === undefined || e === undefined) {
    throw new TypeError('not an RSA key');
  }
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, publicJwk: { kty, n, e, kid, alg: signingAlgorithm, use: 'sig' } };
};

/** The key in the data directory, made on first use, so that tokens stay valid over a restart. */
export const loadSigningKey = async (dataDirectory: string): Promise<SigningKey> => {
  const directory = join(dataDirectory, 'identity');
  const path = join(directory, 'signing-key.json');
  const text = (await readStored(path)) ?? (await createStored(directory, path));
  try {
    return await parseKey(text);
  } catch (cause) {
    throw new Error(
      `The signing key in ${path} cannot be read. Delete the file to get a new key; tokens issued until now end with it.`,
      { cause },
    );
  }
};
