/** The queues between events and functions. Each has dead letters of its own, and a name that the redrive knows. */
export const queueNames = ['uploads', 'scan-results'] as const;

export type QueueName = (typeof queueNames)[number];
