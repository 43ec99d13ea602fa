import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../aws-json/access.ts';
import { answerRefusal, guarded } from '../aws-json/guard.ts';
import { isRefusal, type Refusal, refuse } from '../aws-json/refusal.ts';
import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import type { JsonObject } from '../template/json.ts';
import { type Buses, createBuses } from './bus.ts';
import { startDeliveries, type Targets } from './deliveries.ts';
import { openEventLog } from './event-log.ts';
import type { EventsPlan } from './plan.ts';
import { acceptEntry, busNameOf, entriesOf } from './put-events.ts';
import { startSchedules } from './schedules.ts';
import { eventBridge } from './service.ts';
import { openEventStore } from './store.ts';

export interface LocalEventBridgeOptions extends Access {
  /** The SQLite file with what is on its way; made where it is missing. */
  readonly file: string;
  /** Gets a line of JSON for every event on a bus of the template. */
  readonly logFile: string;
  readonly plan: EventsPlan;
  readonly clock: Clock;
  readonly report: ReportFault;
}

export interface LocalEventBridge extends Pick<Buses, 'putServiceEvent'> {
  /** For `AWS_ENDPOINT_URL_EVENTBRIDGE`. */
  readonly origin: string;
  /** Begins to deliver and to run schedules; until then events are only kept. */
  start(targets: Targets): RunningRules;
  close(): Promise<void>;
}

export interface RunningRules {
  /** Looks at schedules and at what waits again; needed after an injected clock was moved. */
  wake(): void;
  /** Resolves when nothing that was due is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const putEvents = (buses: Buses, now: Date, body: Buffer): JsonObject | Refusal => {
  const entries = entriesOf(body);
  if (isRefusal(entries)) return entries;
  const missing = entries.map(busNameOf).find((name) => !buses.has(name));
  if (missing !== undefined) return refuse('ResourceNotFoundException', `Event bus ${missing} does not exist.`);
  const results = entries.map((entry) => {
    const facts = acceptEntry(entry, now);
    if (isRefusal(facts)) return { ErrorCode: facts.code, ErrorMessage: facts.message };
    return { EventId: buses.put(busNameOf(entry), facts).id };
  });
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
};

/** EventBridge on 127.0.0.1, at any free port: PutEvents for functions, rules and schedules of the template. */
export const startLocalEventBridge = async (options: LocalEventBridgeOptions): Promise<LocalEventBridge> => {
  const { plan, clock, report } = options;
  const store = openEventStore(options.file);
  let running: RunningRules | undefined;
  const told = openEventLog(options.logFile, report);
  const buses = createBuses(plan, store, { clock, told, added: () => running?.wake() });
  const server = createServer(
    guarded(eventBridge, options, (_request, body, response) => {
      const result = putEvents(buses, clock.now(), body);
      if (isRefusal(result)) return answerRefusal(response, eventBridge, result);
      response.writeHead(200, { 'Content-Type': eventBridge.contentType });
      response.end(JSON.stringify(result));
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    putServiceEvent: buses.putServiceEvent,
    start: (targets) => {
      const deliveries = startDeliveries(store, targets, { clock, report });
      const schedules = startSchedules(plan.rules, store, { clock, report, started: deliveries.wake });
      running = {
        wake: schedules.wake,
        settled: deliveries.settled,
        close: async () => {
          running = undefined;
          schedules.close();
          await deliveries.close();
        },
      };
      return running;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      store.close();
    },
  };
};
