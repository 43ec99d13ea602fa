import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../client/context.ts';
import { createDeclarer } from '../../../client/engine/declarer.ts';
import { ProblemError } from '../../../client/index.ts';
import { fakeTiming } from '../support/fake-timing.ts';

const { signal: never } = new AbortController();
const body = (name: string) => ({ fileName: name, mediaType: 'application/pdf', sizeBytes: 1, sha256: '0'.repeat(64) });
type Body = ReturnType<typeof body>;

interface Request {
  readonly path: string;
  readonly names: readonly string[];
  readonly key: string;
}

const problemOf = (kind: string, status: number) => ({
  type: `x/${kind}`,
  title: kind,
  status,
  detail: `It is ${kind}.`,
  requestId: 'r',
});
const declared = ({ fileName }: Body) => ({
  document: { id: `id of ${fileName}`, fileName },
  upload: { kind: 'none' },
});

/** An API that declares whatever it is sent; `refuse` says what it makes of one, `fail` what becomes of a request. */
function scene({
  refuse = () => undefined,
  fail = () => undefined,
  areMoreComing = () => false,
}: {
  refuse?: (name: string, request: Request) => ReturnType<typeof problemOf> | undefined;
  fail?: (request: Request, count: number) => Response | undefined;
  areMoreComing?: () => boolean;
} = {}) {
  const requests: Request[] = [];
  const answers: (() => void)[] = [];
  const context = contextOf({
    baseUrl: 'https://api.example',
    token: () => 'token',
    timing: fakeTiming(),
    fetch: async (url, init) => {
      const sent = JSON.parse(String(init?.body)) as Body | { documents: Body[] };
      const bodies = 'documents' in sent ? sent.documents : [sent];
      const key = new Headers(init?.headers).get('idempotency-key') ?? '';
      const request = { path: new URL(String(url)).pathname, names: bodies.map(({ fileName }) => fileName), key };
      requests.push(request);
      await new Promise<void>((resolve) => answers.push(resolve));
      init?.signal?.throwIfAborted();
      const failed = fail(request, requests.length);
      if (failed !== undefined) return failed;
      const results = bodies.map((one) => {
        const problem = refuse(one.fileName, request);
        return problem === undefined ? declared(one) : { problem };
      });
      return Response.json('documents' in sent ? { results } : results[0], { status: 200 });
    },
  });
  const release = async () => {
    for (let turn = 0; turn < 200; turn += 1) {
      for (const answer of answers.splice(0)) answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { declarer: createDeclarer({ ...context, areMoreComing }), requests, release };
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `file ${index}`);

describe('declaring many files', () => {
  it('costs a few requests: the first goes at once, the others twice as many each time, as far as is allowed', async () => {
    const { declarer, requests, release } = scene();
    const declaring = names(250).map((name) => declarer.declare({}, body(name), never));
    await release();
    const ids = (await Promise.all(declaring)).map(({ value }) => value.document.id);
    expect(ids).toEqual(names(250).map((name) => `id of ${name}`));
    expect(requests.map(({ path, names: sent }) => [path, sent.length])).toEqual([
      ['/v1/documents', 1],
      ['/v1/documents/batch', 12],
      ['/v1/documents/batch', 24],
      ['/v1/documents/batch', 48],
      ['/v1/documents/batch', 96],
      ['/v1/documents/batch', 69],
    ]);
    expect(new Set(requests.map(({ key }) => key)).size).toBe(6);
    requests.length = 0;
    const more = names(30).map((name) => declarer.declare({}, body(name), never));
    await release();
    await Promise.all(more);
    expect(requests.map(({ names: sent }) => sent.length)).toEqual([1, 12, 17]);
  });

  it('has the first one wait for others that are about to come, for a moment at most', async () => {
    let coming = 3;
    const { declarer, requests, release } = scene({ areMoreComing: () => coming > 0 });
    const declaring = names(3).map(async (name, index) => {
      for (let turn = 0; turn < index; turn += 1) await Promise.resolve();
      coming -= 1;
      return declarer.declare({}, body(name), never);
    });
    await release();
    await Promise.all(declaring);
    expect(requests.map(({ names: sent }) => sent.length)).toEqual([3]);
    coming = 1;
    const alone = declarer.declare({}, body('alone'), never);
    await release();
    await alone;
    expect(requests.map(({ names: sent }) => sent.length)).toEqual([3, 1]);
  });

  it('sends the same request under the same key again where its answer was lost', async () => {
    const lost = () => {
      throw new TypeError('Failed to fetch');
    };
    const { declarer, requests, release } = scene({ fail: (_, count) => (count === 2 ? lost() : undefined) });
    const declaring = names(4).map((name) => declarer.declare({}, body(name), never));
    await release();
    await Promise.all(declaring);
    expect(requests.map(({ names: sent }) => sent.length)).toEqual([1, 3, 3]);
    expect(requests[2]).toEqual(requests[1]);
  });

  it('does so too where a person tries again after it was given up, whichever of the files', async () => {
    let isDown = true;
    const { declarer, requests, release } = scene({
      fail: ({ names: sent }) => {
        if (isDown && sent.length > 1) throw new TypeError('Failed to fetch');
        return undefined;
      },
    });
    const files = names(3).map((name) => ({ name }));
    const first = Promise.allSettled(files.map((file) => declarer.declare(file, body(file.name), never)));
    await release();
    expect((await first).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    isDown = false;
    const again = [files[2], files[1]].map((file = { name: '' }) => declarer.declare(file, body(file.name), never));
    await release();
    expect((await Promise.all(again)).map(({ value }) => value.document.id)).toEqual(['id of file 2', 'id of file 1']);
    expect(requests.at(-1)).toEqual(requests[1]);
  });

  it('refuses one and takes the others', async () => {
    const { declarer, release } = scene({
      refuse: (name) => (name === 'file 2' ? problemOf('quota-exceeded', 409) : undefined),
    });
    const declaring = Promise.allSettled(names(4).map((name) => declarer.declare({}, body(name), never)));
    await release();
    const results = await declaring;
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { kind: 'quota-exceeded', message: 'It is quota-exceeded.' } });
  });

  it('asks again for the one that could not be made for the moment', async () => {
    const { declarer, requests, release } = scene({
      refuse: (name, request) =>
        name === 'file 2' && request.names.length > 1 ? problemOf('internal-error', 500) : undefined,
    });
    const declaring = names(4).map((name) => declarer.declare({}, body(name), never));
    await release();
    await Promise.all(declaring);
    expect(requests.map(({ names: sent }) => sent)).toEqual([['file 0'], ['file 1', 'file 2', 'file 3'], ['file 2']]);
  });

  it('finds the one that spoils a request for all, and declares the others', async () => {
    const { declarer, requests, release } = scene({
      fail: ({ names: sent }) =>
        sent.includes('file 7') ? Response.json(problemOf('invalid-request', 422), { status: 422 }) : undefined,
    });
    const declaring = Promise.allSettled(names(20).map((name) => declarer.declare({}, body(name), never)));
    await release();
    const refused = (await declaring).flatMap((result, index) =>
      result.status === 'rejected' ? [[index, result.reason]] : [],
    );
    expect(refused).toEqual([[7, expect.any(ProblemError)]]);
    expect(requests.length).toBeLessThan(14);
    for (const { key } of requests) expect(key).toMatch(/^[0-9a-f]{32}[01]*$/);
  });

  it('lets go at once whoever gives up, and goes on for the others', async () => {
    const { declarer, requests, release } = scene();
    const first = declarer.declare({}, body('file 0'), never);
    const [waiting, sent] = [new AbortController(), new AbortController()];
    const given = declarer.declare({}, body('file 1'), waiting.signal);
    const other = declarer.declare({}, body('file 2'), never);
    const another = declarer.declare({}, body('file 3'), sent.signal);
    waiting.abort(new Error('left'));
    await expect(given).rejects.toThrow('left');
    setTimeout(() => sent.abort(new Error('left too')), 1);
    await expect(another).rejects.toThrow('left too');
    await release();
    await Promise.all([first, other]);
    expect(requests.map(({ names: one }) => one)).toEqual([['file 0'], ['file 2']]);
  });

  it('gives a request up for which nobody waits any more', async () => {
    const { declarer, requests, release } = scene();
    const controller = new AbortController();
    const given = declarer.declare({}, body('file 0'), controller.signal);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('left'));
    await expect(given).rejects.toThrow('left');
    const next = declarer.declare({}, body('file 1'), never);
    await release();
    await next;
    expect(requests.map(({ names: one }) => one)).toEqual([['file 0'], ['file 1']]);
  });
});
