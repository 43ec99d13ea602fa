export type { Call, CallInput, CallResult, Tagged } from './call.ts';
export type { ClientOptions } from './client-options.ts';
export type { Connection } from './connection.ts';
export {
  type Client,
  createClient,
  type DownloadLinkOptions,
  type SignalOption,
} from './create-client.ts';
export type { DownloadProgress } from './download/progress.ts';
export type { DownloadTarget } from './download/target.ts';
export type { Downloaded, DownloadOptions } from './download.ts';
export type { UploadState } from './engine/control.ts';
export type { ResumeEntry, ResumeStore } from './engine/resume-store.ts';
export type { UploadOptions } from './engine/upload-job.ts';
export type { UploadHandle, Uploads } from './engine/uploads.ts';
export {
  AnswerError,
  FileError,
  HashingError,
  IntegrityError,
  NetworkError,
  ProblemError,
  SealdropError,
  StorageError,
} from './errors.ts';
export { describeFile, refusalOf } from './file.ts';
export { createPartHasher, type PartHasher, type PartHasherOptions } from './hash/part-hasher.ts';
export type { Head } from './head.ts';
export { isSettled, type OutcomeOptions } from './outcome.ts';
export type { Presence } from './presence.ts';
export type { UploadPhase, UploadProgress } from './progress.ts';
export { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
export { createSchedule, type Pace, paces, type Schedule } from './schedule.ts';
export { type FileSource, sourceOf } from './source.ts';
export type { Timing } from './timing.ts';
export type { PutAnswer, PutRequest, Transport } from './transport/transport.ts';
