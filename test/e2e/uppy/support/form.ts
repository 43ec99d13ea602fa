import type { Page, Request } from 'playwright-core';
import type { FileOnDisk } from './documents.ts';
import type { Scene } from './scene.ts';

/** The form of the examples that have no Dashboard. */
export const chooseOnForm = (page: Page, ...files: FileOnDisk[]): Promise<void> =>
  page.getByLabel('Files').setInputFiles(files.map(({ path }) => path));

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();

/** The parts that were sent and answered well, by their numbers. */
export function countParts(page: Page): number[] {
  const sent: number[] = [];
  const count = async (request: Request) => {
    const partNumber = partNumberOf(request.url());
    if (partNumber !== undefined && request.method() === 'PUT' && (await request.response())?.ok())
      sent.push(partNumber);
  };
  page.on('requestfinished', count);
  return sent;
}

const partNumberOf = (url: string): number | undefined => {
  const partNumber = new URL(url).searchParams.get('partNumber');
  return partNumber === null ? undefined : Number(partNumber);
};

/** Has S3 refuse a part for good, as it does where a policy says so; gives a way to stop that. */
export async function refusePart(page: Page, partNumber: number): Promise<() => Promise<void>> {
  const isIt = (url: URL) => url.searchParams.get('partNumber') === String(partNumber);
  await page.route(isIt, (route) =>
    route.fulfill({
      status: 403,
      headers: { 'access-control-allow-origin': '*', 'content-type': 'application/xml' },
      body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    }),
  );
  return () => page.unroute(isIt);
}

/** Lets more time pass between the signing of the first parts and their sending than a link lives. */
export async function expireFirstPart(page: Page, { clock }: Scene): Promise<void> {
  let isFirst = true;
  await page.route(
    (url) => url.searchParams.has('partNumber'),
    async (route) => {
      if (isFirst) clock.advance(6 * 60_000);
      isFirst = false;
      await route.continue();
    },
  );
}

/** Sends other bytes for a part, as many, once. */
export async function damagePart(page: Page, partNumber: number, sizeBytes: number): Promise<void> {
  const isIt = (url: URL) => url.searchParams.get('partNumber') === String(partNumber);
  await page.route(isIt, (route) => route.continue({ postData: Buffer.alloc(sizeBytes, 'x') }), { times: 1 });
}
