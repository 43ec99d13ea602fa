/** What is paid for, by the names of prices.json. */
export const items = [
  'apiRequests',
  'lambdaRequests',
  'lambdaGigabyteSeconds',
  'dynamodbWriteUnits',
  'dynamodbReadUnits',
  's3WriteRequests',
  's3ReadRequests',
  'sqsRequests',
  'eventBridgeEvents',
  'cloudTrailDataEvents',
  'guardDutyObjects',
] as const;

export type Item = (typeof items)[number];

export type Usage = Readonly<Record<Item, number>>;

/** S3 bills PUT, COPY, POST and LIST at one price, GET, HEAD and all the rest at another; DELETE is free. */
export const s3Item = (operation: string): Item | undefined => {
  if (/^(Delete|Abort)/.test(operation)) return undefined;
  return /^(Put|Copy|Post|Create|Complete|Upload|List)/.test(operation) ? 's3WriteRequests' : 's3ReadRequests';
};

export interface Meter {
  add(item: Item, count?: number): void;
  /** What was counted since the last reading. */
  read(): Usage;
}

export const createMeter = (): Meter => {
  let counts = new Map<Item, number>();
  return {
    add: (item, count = 1) => void counts.set(item, (counts.get(item) ?? 0) + count),
    read: () => {
      const usage = Object.fromEntries(items.map((item) => [item, counts.get(item) ?? 0])) as Usage;
      counts = new Map();
      return usage;
    },
  };
};
