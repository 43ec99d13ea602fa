import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../template/json.ts';

/** An event as targets get it (EventBridge user guide, "Event structure reference"). */
export interface EventEnvelope extends JsonObject {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** In seconds, as EventBridge writes it: `2026-03-01T12:00:00Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export interface EventFacts {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time: Date;
}

/** The account and region that a bus is in. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export const envelopeOf = (
  { source, detailType, detail, resources = [], time }: EventFacts,
  { account, region }: Place,
): EventEnvelope => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account,
  time: `${time.toISOString().slice(0, 19)}Z`,
  region,
  resources,
  detail,
});
