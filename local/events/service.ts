import type { AwsJsonService, Wanted } from '../aws-json/protocol.ts';
import { isRefusal, refuse } from '../aws-json/refusal.ts';
import { busNameOf, type Entry, entriesOf } from './put-events.ts';

/** Each entry is asked about for itself ("Using IAM policy conditions in Amazon EventBridge"). */
const wantedOfEntry = (entry: Entry): Wanted => ({
  action: 'events:PutEvents',
  resources: [`event-bus/${busNameOf(entry)}`],
  conditions: {
    ...(entry.Source && { 'events:source': entry.Source }),
    ...(entry.DetailType && { 'events:detail-type': entry.DetailType }),
  },
});

/** EventBridge as far as functions use it: `X-Amz-Target: AWSEvents.PutEvents`, JSON 1.1. */
export const eventBridge: AwsJsonService = {
  name: 'events',
  title: 'EventBridge',
  contentType: 'application/x-amz-json-1.1',
  bodySizeBytesMax: 1024 * 1024,
  wantedOf: (target, body) => {
    if (target !== 'AWSEvents.PutEvents') {
      return refuse('UnknownOperationException', `The local EventBridge does not do ${target}. Use AWS to try it.`);
    }
    const entries = entriesOf(body);
    return isRefusal(entries) ? entries : entries.map(wantedOfEntry);
  },
  errorOf: ({ code, message }) => ({ __type: code, message }),
};
