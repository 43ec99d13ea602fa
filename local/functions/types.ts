/** A function as the template configures it. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  /** Folder of its bundle, and `file.export` in it. */
  readonly codeDirectory: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  /** All it sees as `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many run at a time, each in a thread of its own; more wait in line. */
  readonly concurrencyMax: number;
}

/** What Lambda answers a caller when a function fails (Lambda developer guide, "Function errors"). */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type Invocation =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: FunctionError };

export interface LambdaFunction {
  readonly config: FunctionConfig;
  /** `event` is anything JSON can say. Resolves for every outcome, also when the function crashes or is too slow. */
  invoke(event: unknown): Promise<Invocation>;
  close(): Promise<void>;
}

/** Parent to worker: one invocation. `event` is JSON. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: string;
  readonly deadlineMs: number;
}

/** How one invocation ended. `payload` is JSON. */
export type Outcome =
  | { readonly kind: 'done'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: FunctionError };

/** Worker to parent. */
export type WorkerMessage = { readonly kind: 'ready' } | Outcome;

/** What a worker is started with. */
export interface WorkerSettings {
  readonly codeDirectory: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySizeMb: number;
  /** How many milliseconds the clock of the cloud is ahead; absent where it is the machine's. */
  readonly clockOffset: SharedArrayBuffer | undefined;
}
