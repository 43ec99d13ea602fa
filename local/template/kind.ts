import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Json } from './json.ts';

/** What a resource's name, `Ref` and attributes are made of. */
export interface ResourceContext {
  readonly stackName: string;
  readonly logicalId: string;
  readonly account: string;
  readonly region: string;
  /** A property of the resource, resolved; undefined where the template leaves it out. */
  property(name: string): Json | undefined;
}

type Text = (context: ResourceContext) => string;

interface Identity {
  /** What `Ref` gives (the resource reference of CloudFormation says it for each type). */
  readonly ref: Text;
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: Readonly<Record<string, Text>>;
}

/**
 * A resource type that the local cloud runs. `properties` is strict: a property that is not in it stops the start, one
 * that changes nothing on one machine is in it as `noEffect`.
 */
export interface EmulatedKind<Config> extends Identity {
  readonly status: 'emulated';
  readonly properties: z.ZodMiniType<Config>;
}

/** A resource type that does nothing here. `reason` completes "… is not emulated: ". */
export interface InertKind extends Identity {
  readonly status: 'inert';
  readonly reason: string;
}

export const emulated = <Config>(kind: Omit<EmulatedKind<Config>, 'status'>): EmulatedKind<Config> => ({
  status: 'emulated',
  ...kind,
});

export const inert = (reason: string, identity: Partial<Identity> = {}): InertKind => ({
  status: 'inert',
  reason,
  ref: generatedName(),
  ...identity,
});

/** A property that is accepted and whose absence here nobody would miss. */
export const noEffect = z.optional(z.unknown());

const reasons = new WeakMap<object, string>();

/** A property that is read and not done, or not all of it; the start tells so, with `reason`. */
export const notDone = <Schema extends z.ZodMiniType>(reason: string, schema: Schema): Schema => {
  reasons.set(schema, reason);
  return schema;
};

/** A property that does something on AWS and nothing here; the start tells so, with `reason`. */
export const notRun = (reason: string) => notDone(reason, z.optional(z.unknown()));

/** The properties that are given and not run, with the reason. */
export const notRunOf = (
  { properties }: EmulatedKind<unknown>,
  given: object,
): readonly (readonly [property: string, reason: string])[] => {
  if (!(properties instanceof z.ZodMiniObject)) return [];
  return Object.entries<object>(properties.shape).flatMap(([property, schema]) => {
    const reason = reasons.get(schema);
    return reason !== undefined && property in given ? [[property, reason] as const] : [];
  });
};

/**
 * The name a template gives a resource, else one made of stack and logical id as CloudFormation does, but the same at
 * every start, so that data is found again.
 */
export const physicalName =
  (property: string, lengthMax: number, adapt: (name: string) => string = (name) => name): Text =>
  (context) => {
    const given = context.property(property);
    return typeof given === 'string' ? given : adapt(generatedName(lengthMax)(context));
  };

const generatedName =
  (lengthMax = 128): Text =>
  ({ stackName, logicalId }) => {
    const hash = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 12);
    return `${`${stackName}-${logicalId}`.slice(0, lengthMax - 13)}-${hash}`;
  };

/** An identifier such as API Gateway gives: ten lower-case letters and digits, the same at every start. */
export const generatedId: Text = ({ stackName, logicalId }) =>
  createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 10);

export const arn =
  (service: string, resource: Text): Text =>
  (context) =>
    `arn:aws:${service}:${context.region}:${context.account}:${resource(context)}`;
