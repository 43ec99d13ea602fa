import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type Api, problemOf, SendableUpload } from '../../../support/api.ts';
import type { TestCloud } from '../../../support/cloud.ts';
import { compositeOf, InParts, jsonBody, partsOf, putPart, threeParts, uploaderOf } from '../../../support/parts.ts';
import { makePdf } from '../../../support/scanned-files.ts';
import { okay, type PartsStep } from './steps.ts';

interface Walk {
  readonly cloud: Pick<TestCloud, 's3ControlOrigin'>;
  readonly api: () => Api;
  /** Told where it is. */
  readonly at: (step: PartsStep) => void;
  /** Waits until the event of an upload is dealt with. */
  readonly handled: (documentId: string) => Promise<void>;
}

export const armFault = async ({ s3ControlOrigin }: Walk['cloud'], fault: object): Promise<void> => {
  const { status } = await fetch(`${s3ControlOrigin}/_control/faults`, jsonBody('POST', fault));
  if (status !== 201) throw new Error(`The control surface answered ${status}.`);
};

export const clearFaults = ({ s3ControlOrigin }: Walk['cloud']) =>
  fetch(`${s3ControlOrigin}/_control/faults`, { method: 'DELETE' });

/** Two files in one request, sent again as by a client whose answer was lost: one of them is large. */
const declareBoth = async (api: Api) => {
  const [small, large] = [Buffer.from(await makePdf()), threeParts()];
  const pdf = { fileName: 'a.pdf', mediaType: 'application/pdf' };
  const sha256 = createHash('sha256').update(small).digest('hex');
  const documents = [
    { ...pdf, sizeBytes: small.length, sha256 },
    { ...pdf, sizeBytes: large.length },
  ];
  const key = { 'Idempotency-Key': randomUUID() };
  const ask = () => api.call('/v1/documents/batch', jsonBody('POST', { documents }, key));
  okay(await ask());
  const { results } = z.parse(z.object({ results: z.tuple([SendableUpload, InParts]) }), JSON.parse(okay(await ask())));
  return { small, one: results[0], large, other: results[1] };
};

/** S3 wants all parts of a file again, and its person gives it up: the first upload is left over, of which no record knows. */
export const leaveUploadBehind = async ({ cloud, api, at }: Omit<Walk, 'handled'>, file: InParts, content: Buffer) => {
  const uploader = uploaderOf(api);
  const { id } = file.document;
  const parts = partsOf(content, file);
  at('restart');
  await uploader.send(id, parts);
  await armFault(cloud, { kind: 'fail', operation: 'CompleteMultipartUpload', code: 'ConditionalRequestConflict' });
  const restarted = await uploader.complete(id, { checksum: compositeOf(parts) });
  if (restarted.status !== 409 || !problemOf(restarted).type.endsWith('/upload-restarted'))
    throw new Error(`${restarted.status}: ${restarted.text}`);
  at('give-up');
  okay(await uploader.abort(id));
};

/** Goes through all that can be done with files in parts; throws where something cannot. */
export const walkInParts = async ({ cloud, api, at, handled }: Walk): Promise<void> => {
  const uploader = uploaderOf(api);
  at('batch');
  const { small, one, large, other } = await declareBoth(api());
  at('batch-put');
  okay(await api().put(one, small));
  await handled(one.document.id);

  at('sign');
  const { id, parts } = await uploader.declared();
  const links = await uploader.links(
    id,
    parts.map(({ partNumber, checksum }) => ({ partNumber, checksum })),
  );
  at('send');
  for (const [index, part] of parts.entries()) okay(await putPart(links, index, part));
  at('list-parts');
  okay(await uploader.list(id));
  at('complete');
  // Its event is lost, so that the second request finds no upload and a record that knows of no object.
  await armFault(cloud, { kind: 'drop-events' });
  for (const _time of [1, 2]) okay(await uploader.complete(id, { checksum: compositeOf(parts) }));
  await leaveUploadBehind({ cloud, api, at }, other, large);
};
