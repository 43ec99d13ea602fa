import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestWords, type LaneHash, laneHashes, lanes } from '../../../lambdas/signing/sha256-lanes.ts';

const digestOf = ({ word }: LaneHash, lane: number): string =>
  Array.from({ length: digestWords }, (_, index) => word(lane, index).toString(16).padStart(8, '0')).join('');

/** Around the ends of blocks, and of what fits into one beside padding and length. */
const size = fc.oneof(fc.nat(700), fc.constantFrom(0, 1, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 127, 128));
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const message = size.chain((length) =>
  fc.record({ own: fc.tuple(bytes(length), bytes(length), bytes(length), bytes(length)) }),
);
const beginning = size.chain(bytes);

describe('laneHashes', () => {
  it('hashes as node:crypto does, whatever was hashed in the same place before', () => {
    fc.assert(
      fc.property(
        fc.array(beginning, { minLength: 1, maxLength: 3 }),
        fc.array(message, { minLength: 1, maxLength: 5 }),
        (beginnings, messages) => {
          const memory = laneHashes(beginnings.map((begin) => ({ bytes: begin, ownSizeBytesMax: 700 })));
          for (const { own } of messages) {
            for (const [index, begin] of beginnings.entries()) {
              const hashes = memory?.hashes[index] as LaneHash;
              for (const lane of lanes) memory?.bytes.set(own[lane], hashes.starts[lane]);
              hashes.hash(own[0].length);
              for (const lane of lanes) {
                expect(digestOf(hashes, lane)).toBe(hash('sha256', Buffer.concat([begin, own[lane]])));
              }
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers nothing for messages that would not fit into its memory', () => {
    expect(laneHashes([{ bytes: Buffer.alloc(1), ownSizeBytesMax: 16_000 }])).toBeDefined();
    expect(laneHashes([{ bytes: Buffer.alloc(1), ownSizeBytesMax: 16_384 }])).toBeUndefined();
    expect(laneHashes([{ bytes: Buffer.alloc(65_536), ownSizeBytesMax: 1 }])).toBeUndefined();
    const half = { bytes: Buffer.alloc(1), ownSizeBytesMax: 8_500 };
    expect(laneHashes([half, half])).toBeUndefined();
  });
});
