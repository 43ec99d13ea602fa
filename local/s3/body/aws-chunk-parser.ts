/** What the bytes of an `aws-chunked` body say, in the order they say it. */
export type ChunkEvent =
  | { readonly kind: 'head'; readonly sizeBytes: number; readonly signature: string | undefined }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'trailer'; readonly name: string; readonly value: string }
  /** The empty line behind everything. */
  | { readonly kind: 'end' }
  /** Not what the grammar allows, or bytes after the end. Nothing follows it. */
  | { readonly kind: 'malformed' };

export interface ChunkParser {
  push(bytes: Buffer): readonly ChunkEvent[];
  /** Whether the body may stop here. S3 does not ask for the empty line at the very end. */
  isComplete(): boolean;
}

type State = 'head' | 'data' | 'after-data' | 'trailers' | 'end' | 'malformed';

/** A signed head has 85 bytes and the numbers of its size; the longest trailer 80. */
const lineSizeBytesMax = 256;
const lineFeed = 10;

/** At most 5 GiB in hexadecimal and some leading zeros; as in S3, blanks around the extension mean nothing. */
const head = /^(?<size>[0-9a-fA-F]{1,12})(?: *; *chunk-signature *= *(?<signature>[^\s;]+) *)?$/;
const trailer = /^(?<name>[^\s:]+):(?<value>.*)$/;

/**
 * Framing of `aws-chunked` ("Signature calculations … multiple chunks", chunked upload):
 *
 *     SIZE-IN-HEX[;chunk-signature=SIGNATURE] CRLF DATA CRLF … 0[;chunk-signature=SIGNATURE] CRLF
 *     [NAME:VALUE CRLF …] CRLF
 *
 * Holds one line at most, never a chunk.
 */
export function startChunkParser(): ChunkParser {
  let state: State = 'head';
  let line = '';
  let dataLeftBytes = 0;

  function takeLine(text: string): ChunkEvent | undefined {
    if (state === 'head') {
      const groups = head.exec(text)?.groups;
      if (groups === undefined) return malformed();
      const sizeBytes = Number.parseInt(groups.size ?? '', 16);
      dataLeftBytes = sizeBytes;
      state = sizeBytes === 0 ? 'trailers' : 'data';
      return { kind: 'head', sizeBytes, signature: groups.signature };
    }
    if (state === 'after-data') {
      if (text !== '') return malformed();
      state = 'head';
      return undefined;
    }
    if (text === '') {
      state = 'end';
      return { kind: 'end' };
    }
    const { name, value } = trailer.exec(text)?.groups ?? {};
    if (name === undefined || value === undefined) return malformed();
    return { kind: 'trailer', name: name.toLowerCase(), value: value.trim() };
  }

  function malformed(): ChunkEvent {
    state = 'malformed';
    return { kind: 'malformed' };
  }

  /** The next event and how many bytes it took. */
  function next(rest: Buffer): { readonly event: ChunkEvent | undefined; readonly takenBytes: number } {
    if (state === 'end') return { event: malformed(), takenBytes: rest.length };
    if (state === 'data') {
      const bytes = rest.subarray(0, dataLeftBytes);
      dataLeftBytes -= bytes.length;
      if (dataLeftBytes === 0) state = 'after-data';
      return { event: { kind: 'data', bytes }, takenBytes: bytes.length };
    }
    const found = rest.indexOf(lineFeed);
    const takenBytes = found < 0 ? rest.length : found + 1;
    if (line.length + takenBytes > lineSizeBytesMax) return { event: malformed(), takenBytes };
    line += rest.toString('latin1', 0, takenBytes);
    if (found < 0) return { event: undefined, takenBytes };
    const text = line;
    line = '';
    return { event: text.endsWith('\r\n') ? takeLine(text.slice(0, -2)) : malformed(), takenBytes };
  }

  return {
    push(bytes) {
      const events: ChunkEvent[] = [];
      for (let offset = 0; offset < bytes.length && state !== 'malformed'; ) {
        const { event, takenBytes } = next(bytes.subarray(offset));
        offset += takenBytes;
        if (event !== undefined) events.push(event);
      }
      return events;
    },
    isComplete: () => state === 'end' || (state === 'trailers' && line === ''),
  };
}
