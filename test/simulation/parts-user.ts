import { objectKey } from '../../lambdas/domain/object-key.ts';
import type { ApiFunction } from './functions.ts';
import { isFresh } from './links.ts';
import { tenantId } from './settings.ts';
import { type Content, compositeOf, contents, type Part, partOf, partsCount } from './world/contents.ts';
import type { World } from './world/world.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];

type Call = (name: ApiFunction, changes: Record<string, unknown>, served: (body: string) => void) => void;

/** People whose files go up in parts: in any order, twice, mixed up, too late, completed and given up at any time. */
export class PartsUser {
  readonly #world: World;
  readonly #call: Call;

  constructor(world: World, call: Call) {
    this.#world = world;
    this.#call = call;
  }

  upload(documentId: string, declared: Content): void {
    const { clock, random, plan } = this.#world;
    if (random.chance(0.12)) return;
    const parts = Array.from({ length: partsCount }, (_, index) =>
      partOf(random.chance(plan.hostility.mischief / 3) ? random.pick(Object.values(contents)) : declared, index + 1),
    );
    const start = random.pick([0, 20 * second, 10 * hour]) * random.next();
    const lasts = random.pick([second, minute, 6 * hour]);
    for (const part of parts) clock.after(start + lasts * random.next(), () => this.#send(documentId, part));
    // Who finds that it is not complete, or hears nothing, asks again; a part that was lost is sent again before.
    for (const [turn, wait] of [0, random.pick([second, minute]), random.pick([minute, hour])].entries()) {
      const at = start + lasts + wait + 2 * second * random.next();
      if (turn > 0)
        for (const part of parts) if (random.chance(0.5)) clock.after(at - second, () => this.#send(documentId, part));
      clock.after(at, () => this.#complete(documentId, parts));
    }
    if (random.chance(0.25)) clock.after(start + 2 * lasts * random.next(), () => this.#abort(documentId));
  }

  /** Asks for a link and uses it, soon or so late that S3 refuses it. */
  #send(documentId: string, part: Part): void {
    const { clock, random } = this.#world;
    const { number: partNumber, checksum } = part;
    const body = JSON.stringify({ parts: [{ partNumber, checksum }] });
    this.#call('sign-parts', { pathParameters: { documentId }, body }, (answer) => {
      const { urlTemplate }: { readonly urlTemplate: string } = JSON.parse(answer);
      const uploadId = new URL(urlTemplate).searchParams.get('uploadId') ?? '';
      clock.after(random.pick([0, 0, 6 * minute]) * random.next(), () => {
        if (!isFresh(urlTemplate, clock.now)) return;
        const transfer = random.pick([200, 10 * second]) * random.next();
        clock.after(transfer, () => this.#arrive(documentId, uploadId, part));
      });
    });
  }

  /** The bytes may be others than the link was signed for; then S3 refuses them, while it looks. */
  #arrive(documentId: string, uploadId: string, part: Part): void {
    const { bucket, clock, random, plan, trace } = this.#world;
    const isSwapped = random.chance(plan.hostility.mischief / 3);
    const sent = isSwapped ? partOf(random.pick(Object.values(contents)), part.number) : part;
    const status = bucket.putPart(objectKey({ tenantId, documentId }), uploadId, sent, part.checksum);
    trace.note(clock.now, `part ${part.number} of ${sent.of.name} → ${status}`);
  }

  #complete(documentId: string, parts: readonly Part[]): void {
    const { random } = this.#world;
    const isWrong = random.chance(0.1);
    const checksum = compositeOf(isWrong ? parts.toReversed() : parts);
    this.#call(
      'complete-upload',
      { pathParameters: { documentId }, body: JSON.stringify({ checksum }) },
      () => undefined,
    );
  }

  #abort(documentId: string): void {
    this.#call('abort-upload', { pathParameters: { documentId } }, () => undefined);
  }
}
