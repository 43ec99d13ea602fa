import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ChunkEvent, startChunkParser } from '../../../../local/s3/body/aws-chunk-parser.ts';
import { encodeChunks } from '../support/aws-chunks.ts';

/** Data that came in pieces is one piece again, so that only what was said is compared. */
function parse(...pieces: readonly Buffer[]) {
  const parser = startChunkParser();
  const events = pieces.flatMap((piece) => parser.push(piece));
  const joined: (Exclude<ChunkEvent, { kind: 'data' }> | { readonly kind: 'data'; readonly text: string })[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.kind !== 'data') joined.push(event);
    else if (last?.kind === 'data')
      joined[joined.length - 1] = { ...last, text: last.text + event.bytes.toString('hex') };
    else joined.push({ kind: 'data', text: event.bytes.toString('hex') });
  }
  return { events: joined, isComplete: parser.isComplete() };
}
const parseText = (text: string) => parse(Buffer.from(text, 'latin1'));

it('reads heads, data and trailers', () => {
  expect(parseText('3;chunk-signature=ab\r\na\r\n\r\n0;chunk-signature=cd\r\nX-Amz-B: c \r\n\r\n')).toEqual({
    events: [
      { kind: 'head', sizeBytes: 3, signature: 'ab' },
      { kind: 'data', text: Buffer.from('a\r\n').toString('hex') },
      { kind: 'head', sizeBytes: 0, signature: 'cd' },
      { kind: 'trailer', name: 'x-amz-b', value: 'c' },
      { kind: 'end' },
    ],
    isComplete: true,
  });
});

it('says the same however the network cut the bytes', () => {
  const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
  const cuts = fc.array(fc.nat(400), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(chunk, { maxLength: 5 }),
      fc.subarray(['a:b', 'x-amz-c:d==']),
      cuts,
      (chunks, trailers, at) => {
        const wire = encodeChunks({ chunks, trailers });
        const edges = [0, ...at.filter((edge) => edge < wire.length).toSorted((a, b) => a - b), wire.length];
        const whole = parse(wire);
        expect(parse(...edges.slice(1).map((edge, i) => wire.subarray(edges[i], edge)))).toEqual(whole);
        expect(parse(...[...wire].map((byte) => Buffer.of(byte)))).toEqual(whole);
        expect(whole.isComplete).toBe(true);
      },
    ),
  );
});

it.each([
  ['no size', ';chunk-signature=a\r\n'],
  ['a size that is none', 'xyz\r\n'],
  ['a negative size', '-5\r\nhello\r\n'],
  ['a size beyond all measure', 'fffffffffffff\r\n'],
  ['an unknown extension', '5;extra=a\r\nhello\r\n'],
  ['an extension after the signature', '5;chunk-signature=a;b=c\r\nhello\r\n'],
  ['an empty signature', '5;chunk-signature=\r\nhello\r\n'],
  ['a head that ends without CR', '5\nhello\r\n'],
  ['data longer than its size', '4\r\nhello\r\n0\r\n\r\n'],
  ['data shorter than its size', '6\r\nhello\r\n0\r\n\r\n'],
  ['a trailer without a colon', '0\r\nabc\r\n\r\n'],
  ['a trailer that ends without CR', '0\r\na:b\n\r\n'],
  ['bytes after the end', '0\r\n\r\na'],
  ['a head that does not end', '0'.repeat(300)],
])('is malformed: %s', (_name, text) => {
  const { events, isComplete } = parseText(text);
  expect(events.at(-1)).toEqual({ kind: 'malformed' });
  expect(isComplete).toBe(false);
});

it.each(['', '5', '5\r\n', '5\r\nhell', '5\r\nhello', '5\r\nhello\r\n', '0', '0\r', '0\r\na:b', '0\r\na:b\r\n\r'])(
  'is not complete: %j',
  (text) => expect(parseText(text).isComplete).toBe(false),
);

it('may stop behind the last line, as in S3', () => {
  expect(parseText('0\r\n').isComplete).toBe(true);
  expect(parseText('0\r\na:b\r\n').isComplete).toBe(true);
});
