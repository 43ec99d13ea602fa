import { createServiceClient } from '../../client/node.ts';

interface Payments {
  readonly pdf: AsyncIterable<Uint8Array>;
  readonly count: number;
  readonly totalAmount: number;
  readonly from: string;
  readonly to: string;
}

/** Stores the report of a month's payments. Whatever becomes of it, the payments themselves go on. */
export async function storePaymentReport(payments: Payments, token: () => Promise<string>): Promise<string> {
  const client = createServiceClient({ baseUrl: 'http://127.0.0.1:8080', token });
  const { pdf, count, totalAmount, from, to } = payments;
  const stored = await client.putReport(
    pdf,
    {
      category: 'reports',
      title: `Payments of ${from} to ${to}`,
      attributes: { reportType: 'provider payments', generatedBy: 'billing', count, totalAmount, from, to },
    },
    { onFailure: 'return' },
  );
  if (stored.success) return `Stored as ${stored.key}.`;
  return stored.error?.message ?? `Document ${stored.documentId} is still ${stored.state}; ask for it later.`;
}
