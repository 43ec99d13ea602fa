import * as z from 'zod/mini';
import { parametersOf } from '../aws-json/parameters.ts';
import { type Refusal, refuse } from '../aws-json/refusal.ts';
import { isObject, type JsonObject } from '../template/json.ts';

const entriesMax = 10;

/** "The total size of the entries must be less than 256 KB" (user guide, "Calculating PutEvents event entry size"). */
const entriesSizeBytesMax = 256 * 1024;

/** Strict: what is not in it is not done here, `TraceHeader` and global endpoints among it. */
const Entry = z.strictObject({
  Detail: z.optional(z.string()),
  DetailType: z.optional(z.string()),
  EventBusName: z.optional(z.string()),
  Resources: z.optional(z.array(z.string())),
  Source: z.optional(z.string()),
  /** Seconds since 1970. */
  Time: z.optional(z.number()),
});

export type Entry = z.infer<typeof Entry>;

const Parameters = z.strictObject({ Entries: z.array(Entry) });

const sizeBytesOf = ({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number =>
  (Time === undefined ? 0 : 14) + Buffer.byteLength([Source, DetailType, Detail, ...Resources].join(''));

/** The entries of a PutEvents, or why the whole of it is refused. */
export const entriesOf = (body: Buffer): readonly Entry[] | Refusal => {
  const parameters = parametersOf(body);
  if (parameters === undefined) return refuse('SerializationException', 'The body is not a JSON object.');
  const { data, error } = Parameters.safeParse(parameters);
  if (data === undefined) {
    const { path = [], message } = error.issues[0] ?? {};
    return refuse('ValidationException', `The local EventBridge does not take this: ${path.join('.')} ${message}`);
  }
  const { Entries: entries } = data;
  if (entries.length < 1 || entries.length > entriesMax) {
    const constraint = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${entriesMax}`;
    return refuse(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${constraint}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + sizeBytesOf(entry), 0) > entriesSizeBytesMax) {
    return refuse('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return entries;
};

/** An entry gives its bus by name or by ARN. */
export const busNameOf = ({ EventBusName: given = 'default' }: Entry): string =>
  given.slice(given.lastIndexOf('/') + 1);

const required = (name: string): Refusal =>
  refuse('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};

export interface AcceptedEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
}

/** What an entry says, or why it is not taken (API reference, PutEventsResultEntry). */
export const acceptEntry = (entry: Entry, now: Date): AcceptedEntry | Refusal => {
  const { Source: source, DetailType: detailType, Detail: text, Resources: resources = [], Time: seconds } = entry;
  if (!source) return required('Source');
  if (!detailType) return required('DetailType');
  if (!text) return required('Detail');
  // Only AWS's own services speak under these names.
  if (source.startsWith('aws.')) {
    return refuse('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const detail = parse(text);
  if (!isObject(detail)) return refuse('MalformedDetail', 'Detail is malformed.');
  return { source, detailType, detail, resources, time: seconds === undefined ? now : new Date(seconds * 1000) };
};
