import type { StorageSettings } from '../../contract/storage-settings.ts';
import type { CursorKey } from '../domain/cursor.ts';

/**
 * The keys that seal cursors: the current one, and the one before it, so that a rotation breaks no page.
 * Both throw where the keys cannot be read, with an error that says which.
 */
export interface CursorKeys {
  current(): Promise<CursorKey>;
  /** Undefined for an id that is neither. */
  find(keyId: string): Promise<CursorKey | undefined>;
}

/** The secret that a key for cursors is kept in, as a rotation sees it ("Rotation by Lambda function" of AWS). */
export interface RotatingSecret {
  /** The stages of each version that has any, by the version's id. */
  stages(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** The value of a version that is pending; undefined where it has none yet. */
  pendingValue(versionId: string): Promise<string | undefined>;
  /** Gives a pending version its value. Throws where it has another one. */
  putPending(versionId: string, value: string): Promise<void>;
  /** Makes a version the current one, and the current one the previous. */
  promote(versionId: string, fromVersionId: string): Promise<void>;
}

export interface CursorKeyMaker {
  /** A new key as text, of at least 256 bits. */
  generate(): string;
  /** The key that a text is. Throws where it is none. */
  keyOf(versionId: string, value: string): CursorKey;
}

export interface StorageSettingsSource {
  /** The settings as they are by now. Throws where they cannot be read or cannot be used, with an error that says which. */
  current(): Promise<StorageSettings>;
}
