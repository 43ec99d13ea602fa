import { describe, expect, it } from 'vitest';
import { type ChunkedBody, encodeChunks } from '../support/aws-chunks.ts';
import { checksum, codeOf, crc32, decode, signer, unsigned } from './decode.ts';

const hello = { chunks: [Buffer.from('hello')], trailers: [crc32] };

describe('unsigned chunks with a trailer', () => {
  const wireOf = (body: Partial<ChunkedBody>) => encodeChunks({ ...hello, ...body });

  it('give the data and the checksum', () => {
    expect(decode(wireOf({}), 5, unsigned)).toEqual({ text: 'hello', checksum });
    expect(decode(wireOf({ chunks: [] }), 0, unsigned)).toEqual({ text: '', checksum });
  });

  it.each([
    ['fewer bytes than were told', wireOf({}), 6, 'IncompleteBody'],
    ['more bytes than were told', wireOf({}), 4, 'IncompleteBody'],
    ['no last chunk', '5\r\nhello\r\n', 5, 'IncompleteBody'],
    ['an empty chunk in the middle', '2\r\nhe\r\n0\r\n3\r\nllo\r\n0\r\n\r\n', 5, 'IncompleteBody'],
    ['bytes after the end', Buffer.concat([wireOf({}), Buffer.of(0)]), 5, 'IncompleteBody'],
    ['a signature that nobody asked for', encodeChunks({ ...hello, signer }), 5, 'IncompleteBody'],
    ['no trailer where one was announced', wireOf({ trailers: [] }), 5, 'MalformedTrailerError'],
    ['no trailer and no line behind the last chunk', '5\r\nhello\r\n0\r\n', 5, 'MalformedTrailerError'],
    ['another trailer', wireOf({ trailers: ['x-amz-checksum-crc32c:AAAAAA=='] }), 5, 'MalformedTrailerError'],
    ['a trailer beside it', wireOf({ trailers: [crc32, 'a:b'] }), 5, 'MalformedTrailerError'],
    ['a trailer twice', wireOf({ trailers: [crc32, crc32] }), 5, 'MalformedTrailerError'],
    ['a signature in trailers', wireOf({ trailers: [crc32, 'x-amz-trailer-signature:a'] }), 5, 'MalformedTrailerError'],
    ['an empty line before the trailer', `5\r\nhello\r\n0\r\n\r\n${crc32}\r\n\r\n`, 5, 'MalformedTrailerError'],
    ['a trailer that is no checksum', wireOf({ trailers: ['x-amz-checksum-crc32:AAAA'] }), 5, 'InvalidRequest'],
  ])('are refused: %s', (_name, wire, sizeBytes, code) => {
    expect(codeOf(wire, sizeBytes, unsigned)).toBe(code);
  });

  it('are refused at the head that tells of too much, before its data', () => {
    expect(decode(Buffer.from('6\r\nh'), 5, unsigned)).toMatchObject({
      code: 'IncompleteBody',
      elements: { NumberBytesExpected: 5, NumberBytesProvided: 6 },
    });
  });

  it('must have 8 KiB each, all but the last', () => {
    const chunks = [8192, 8191, 1].map((sizeBytes) => Buffer.alloc(sizeBytes));
    expect(decode(wireOf({ chunks }), 16_384, unsigned)).toMatchObject({
      code: 'InvalidChunkSizeError',
      status: 403,
      elements: { Chunk: 3, BadChunkSize: 8191 },
    });
    expect(decode(wireOf({ chunks: chunks.slice(0, 2) }), 16_383, unsigned)).toMatchObject({ checksum });
  });
});
