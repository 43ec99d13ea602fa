import otherPrices from '../../bench/cost/prices.json' with { type: 'json' };
import { createSchedule } from '../../client/schedule.ts';
import type { DocumentState } from '../../contract/states.ts';
import pushPrices from './waiting-prices.json' with { type: 'json' };

/** What a million waiting uploads cost, for docs/adr/030-waiting.md: `node docs/examples/waiting-cost.ts`. */

/** Of the services that are used, and of those that could be. */
const prices = { ...otherPrices.perMillion, ...pushPrices.perMillion };
export type Item = keyof typeof prices | 'egressGigabytes';
/** How much of each item one upload takes. */
export type Usage = Partial<Record<Item, number>>;

/** One kind of upload: when its states come to an end, in seconds after the last byte was sent. */
export interface Life {
  readonly name: string;
  readonly states: readonly { readonly state: DocumentState; readonly untilSeconds: number }[];
}

export const lives: readonly Life[] = [
  { name: 'without a scan', states: [{ state: 'pending', untilSeconds: 1.5 }] },
  {
    name: 'with a scan of 20 s',
    states: [
      { state: 'pending', untilSeconds: 1.5 },
      { state: 'scanning', untilSeconds: 20 },
    ],
  },
];

const secondsOf = ({ states }: Life): number => states.at(-1)?.untilSeconds ?? 0;

/** How often the client asks, with the chance that is the middle of all. */
export function looksOf(life: Life): number {
  const schedule = createSchedule(() => 0.5);
  let time = 0;
  let state: DocumentState | undefined = 'pending';
  let looks = 0;
  while (state !== undefined) {
    time += schedule.next(state) / 1000;
    looks += 1;
    state = life.states.find(({ untilSeconds }) => time < untilSeconds)?.state;
  }
  return looks;
}

const memoryGigabytes = 0.5;
/** A warm function that reads one record, or writes one. Assumed; `npm run bench` measures what is ours. */
const quickSeconds = 0.015;

const times = (count: number, usage: Usage): Usage =>
  Object.fromEntries(Object.entries(usage).map(([item, amount]) => [item, count * amount]));

const sum = (...usages: readonly Usage[]): Usage => {
  const total: Usage = {};
  for (const [item, amount] of usages.flatMap((usage) => Object.entries(usage) as [Item, number][])) {
    total[item] = (total[item] ?? 0) + amount;
  }
  return total;
};

const call = (seconds = quickSeconds): Usage => ({
  lambdaRequests: 1,
  lambdaGigabyteSeconds: seconds * memoryGigabytes,
});

/** One GET of a document: a strongly consistent read of less than 4 kB. Headers alone are about 0.5 kB. */
const look = (answerKilobytes: number): Usage =>
  sum({ apiRequests: 1, dynamodbReadUnits: 1, egressGigabytes: answerKilobytes / 1e6 }, call());

const headersKilobytes = 0.5;
const documentKilobytes = 0.6;
const whole = look(headersKilobytes + documentKilobytes);
const unchanged = look(headersKilobytes);

/** All but the last look of each state bring nothing new. */
const polled = (looks: number, { states }: Life): Usage =>
  sum(times(looks - states.length, unchanged), times(states.length, whole));

/** Who is told by a push looks once after subscribing: what changed before would be missed. Minutes are rounded up. */
const subscribed = (minutes: Usage, life: Life): Usage => sum(whole, times(Math.ceil(secondsOf(life) / 60), minutes));

export interface Way {
  readonly name: string;
  readonly usage: (life: Life) => Usage;
}

export const ways: readonly Way[] = [
  { name: 'GET each second', usage: (life) => times(Math.ceil(secondsOf(life)), whole) },
  { name: 'the schedule, whole answers', usage: (life) => times(looksOf(life), whole) },
  { name: '**the schedule, conditional**', usage: (life) => polled(looksOf(life), life) },
  {
    name: '… of a page on another origin: one preflight',
    usage: (life) => sum(polled(looksOf(life), life), { apiRequests: 1, egressGigabytes: headersKilobytes / 1e6 }),
  },
  {
    name: 'long polling or SSE: the function waits, reads each second',
    usage: (life) => sum(whole, call(secondsOf(life)), { dynamodbReadUnits: Math.ceil(secondsOf(life)) }),
  },
  {
    name: 'S3 status object by a signed GET',
    usage: (life) =>
      sum(
        times(looksOf(life), { s3ReadRequests: 1, cloudTrailDataEvents: 1, egressGigabytes: headersKilobytes / 1e6 }),
        times(life.states.length, { s3WriteRequests: 1, cloudTrailDataEvents: 1 }),
      ),
  },
  {
    // Connect with authorizer, and disconnect, keep a table of connections; each change is looked up there and pushed.
    name: 'WebSocket API',
    usage: (life) =>
      sum(
        subscribed({ webSocketMinutes: 1 }, life),
        times(3, call()),
        { dynamodbWriteUnits: 2 },
        times(life.states.length, sum(call(), { dynamodbReadUnits: 1, webSocketMessages: 1 })),
      ),
  },
  {
    // Connect, subscribe, with authorizer; each change comes through an API destination of the bus and goes out.
    name: 'AppSync Events',
    usage: (life) =>
      sum(
        subscribed({ appSyncMinutes: 1 }, life),
        sum(call(), { appSyncEventOperations: 2 }),
        times(life.states.length, { apiDestinationCalls: 1, appSyncEventOperations: 2 }),
      ),
  },
  {
    // Connect and subscribe over MQTT, with authorizer; each change takes a function that publishes.
    name: 'EventBridge to IoT Core',
    usage: (life) =>
      sum(
        subscribed({ iotMinutes: 1 }, life),
        sum(call(), { iotMessages: 2 }),
        times(life.states.length, sum(call(), { iotMessages: 2 })),
      ),
  },
];

/** US dollars for a million uploads. */
export const costOf = (usage: Usage): number =>
  Object.entries(usage).reduce(
    (total, [item, amount]) =>
      total +
      amount *
        (item === 'egressGigabytes' ? otherPrices.perGigabyte.egress * 1e6 : prices[item as keyof typeof prices]),
    0,
  );

/** The table of the decision, in Markdown. */
export const tableOfCosts = (): string =>
  [
    `| USD for a million uploads | ${lives.map(({ name }) => name).join(' | ')} |`,
    `|---|${lives.map(() => '--:').join('|')}|`,
    ...ways.map(
      ({ name, usage }) => `| ${name} | ${lives.map((life) => costOf(usage(life)).toFixed(2)).join(' | ')} |`,
    ),
  ].join('\n');

if (import.meta.main) console.log(tableOfCosts());
