import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { UploadInstruction } from '../../contract/schemas/upload.ts';
import { objectKey } from '../../lambdas/domain/object-key.ts';
import { functionSettings } from '../../lib/function-settings.ts';
import { apiEvent } from '../support/api-event.ts';
import { type ApiFunction, runApi } from './functions.ts';
import { isFresh } from './links.ts';
import { PartsUser } from './parts-user.ts';
import {
  goesInPartsOf,
  hasRetentionOf,
  ownerId,
  profile,
  retentionClass,
  retentionDays,
  startAt,
  tenantId,
} from './settings.ts';
import { type Content, contents, largeSizeBytes } from './world/contents.ts';
import type { World } from './world/world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const caller = {
  tenantId,
  subjectId: ownerId,
  roles: 'patient',
  scopes: 'documents:read documents:write',
  expiresAt: String(startAt / 1000 + 400 * 86_400),
};

type Action = 'update-document' | 'delete-document' | 'restore-document' | 'issue-download';

/** People with their browsers: what they do and when is drawn, whether it makes sense or not. */
export class Users {
  readonly #world: World;
  #requests = 0;

  readonly #inParts: PartsUser;

  constructor(world: World) {
    this.#world = world;
    this.#inParts = new PartsUser(world, (...call) => this.#call(...call));
  }

  begin(): void {
    const { clock, plan, random } = this.#world;
    for (let index = 0; index < plan.documents; index += 1)
      clock.after(random.int(0, 2 * minute), () => this.#declare(random.pick(Object.values(contents))));
  }

  #call(name: ApiFunction, changes: Record<string, unknown>, served: (body: string, requestId: string) => void): void {
    const world = this.#world;
    const requestId = `request-${++this.#requests}`;
    const identity = { sourceIp: '203.0.113.7' };
    const event = apiEvent({ ...changes, requestContext: { requestId, authorizer: caller, identity } }, caller);
    const { timeoutSeconds } = functionSettings[name];
    world.calls.invoke(name, timeoutSeconds, runApi(world, name, event as APIGatewayProxyEvent), (outcome) => {
      if (outcome.kind !== 'answered') return;
      const { statusCode, body } = outcome.value;
      world.trace.note(world.clock.now, `${name} answers ${statusCode}`);
      if (statusCode < 300) served(body, requestId);
    });
  }

  #declare(content: Content): void {
    const { random, plan } = this.#world;
    // Who lies about the hash gets no further than S3, while S3 looks.
    const { sizeBytes, sha256 } = content;
    const what = goesInPartsOf(plan) ? { sizeBytes: largeSizeBytes } : { sizeBytes, sha256 };
    const file = { fileName: 'report.pdf', mediaType: 'application/pdf', ...what };
    const body = JSON.stringify(hasRetentionOf(plan) ? { ...file, retentionClass } : file);
    this.#call('request-upload', { body }, (answer) => {
      const instruction: UploadInstruction = JSON.parse(answer);
      if (instruction.upload.kind === 'multipart') this.#inParts.upload(instruction.document.id, content);
      else this.#upload(instruction, content);
      for (let count = random.int(0, 5); count > 0; count -= 1) this.#act(instruction.document.id);
      if (random.chance(plan.hostility.quarrels)) this.#quarrel(instruction.document.id);
      if (random.chance(0.1))
        this.#world.bucket.beginMultipart(objectKey({ tenantId, documentId: instruction.document.id }));
    });
  }

  #upload(instruction: UploadInstruction, declared: Content): void {
    const { clock, random, plan } = this.#world;
    const { mischief } = plan.hostility;
    if (random.chance(0.12)) return;
    const content = random.chance(mischief) ? random.pick(Object.values(contents)) : declared;
    const start = random.pick([0, 20 * second, 6 * minute]) * random.next();
    clock.after(start, () => this.#put(instruction, content));
    if (!random.chance(mischief)) return;
    const again = random.chance(0.5) ? content : random.pick(Object.values(contents));
    clock.after(start + random.pick([0, 10 * second, 5 * minute]) * random.next(), () => this.#put(instruction, again));
  }

  /** S3 looks at the URL when the request begins and at the bytes when the last one came. */
  #put(instruction: UploadInstruction, content: Content): void {
    const { clock, random } = this.#world;
    if (instruction.upload.kind !== 'single-put' || !isFresh(instruction.upload.url, clock.now)) return;
    const { headers } = instruction.upload;
    const transfer = random.pick([200, 10 * second, profile.transferSecondsMax * second]) * random.next();
    clock.after(transfer, () =>
      this.#world.put({
        key: keyOf(instruction),
        content,
        tags: new Map(new URLSearchParams(headers['x-amz-tagging'])),
        ifNoneMatch: headers['if-none-match'] === '*',
        sha256: Buffer.from(headers['x-amz-checksum-sha256'] ?? '', 'base64').toString('hex'),
        sizeBytes: instruction.document.sizeBytes,
      }),
    );
  }

  /** Two windows, one who deletes and one who restores, again and again. */
  #quarrel(documentId: string): void {
    const { clock, random } = this.#world;
    const start = random.pick([20 * second, 5 * minute, 85 * minute]);
    for (let turn = 0; turn < 8; turn += 1) {
      const name = random.pick<Action>(['delete-document', 'restore-document']);
      clock.after(start + 3 * second * random.next(), () =>
        this.#call(name, { pathParameters: { documentId } }, () => undefined),
      );
    }
  }

  /** Soon after something else happens as a rule, so that it comes in the middle of it. */
  #act(documentId: string): void {
    const { clock, random, plan } = this.#world;
    const deletedDays = plan.outlivesRetention ? profile.retention.deletedDays : 0;
    const purge = (hasRetentionOf(plan) ? retentionDays : deletedDays) * day;
    const near = random.pick([0, 0, 5 * minute, 80 * minute, 120 * minute, purge, purge + 5 * minute]);
    const spread = random.pick([2 * second, 30 * second, 10 * minute, 2 * hour]);
    const action = random.pick<Action>(['delete-document', 'delete-document', 'restore-document', 'issue-download']);
    clock.after(near + spread * random.next(), () =>
      this.#call(action, { pathParameters: { documentId } }, (_, requestId) => {
        if (action === 'issue-download') this.#world.witness.linkIssued(documentId, requestId);
      }),
    );
    if (random.chance(0.3)) this.#describe(documentId, near + spread * random.next());
  }

  /** Says something about it, once or twice at the same time, over whatever was said before. */
  #describe(documentId: string, after: number): void {
    const { clock, random, witness } = this.#world;
    for (let count = random.pick([1, 1, 2]); count > 0; count -= 1) {
      const headers = { 'Content-Type': 'application/json', 'If-Match': '*' };
      const body = JSON.stringify({ title: `Title ${random.int(1, 3)}` });
      clock.after(after + random.int(0, 50), () =>
        this.#call('update-document', { pathParameters: { documentId }, headers, body }, (answer) =>
          witness.described(documentId, JSON.parse(answer).metadataRevision),
        ),
      );
    }
  }
}

const keyOf = ({ upload, document }: UploadInstruction): string => {
  const path = upload.kind === 'single-put' ? new URL(upload.url).pathname : '';
  if (!path.endsWith(document.id)) throw new Error('The URL is not of this document.');
  return path.slice(1);
};
