/** What the functions work on, as far as their rights are concerned. */
export interface Resources {
  readonly region: string;
  /** `amazonaws.com`, another one in China. */
  readonly urlSuffix: string;
  readonly bucketArn: string;
  /** All objects below the prefix of documents, nothing else in the bucket. */
  readonly documentsArn: string;
  readonly tableArn: string;
  readonly uploadsQueueArn: string;
  readonly scanResultsQueueArn: string;
  readonly eventBusArn: string;
  /** Whether there is a scanner to ask. */
  readonly isScanned: boolean;
  /** The names of the retention classes that the profile has. */
  readonly retentionClasses: readonly string[];
  /** The secret with the key that seals cursors. */
  readonly cursorKeyArn: string;
  /** The secret with storage settings; absent where the environment has none. */
  readonly storageSettingsArn: string | undefined;
  /** The environment's own keys; absent where AWS's keys encrypt. */
  readonly keys: { readonly documentsArn: string; readonly tableArn: string; readonly secretsArn: string } | undefined;
}
