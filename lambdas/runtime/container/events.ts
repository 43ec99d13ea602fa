import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBridgeEvents } from '../../adapters/eventbridge/domain-events.ts';
import type { DomainEvents } from '../../ports.ts';
import { awsCalls } from './aws-calls.ts';

export const buildEvents = (busName: string): DomainEvents =>
  eventBridgeEvents(new EventBridgeClient(awsCalls), busName);
