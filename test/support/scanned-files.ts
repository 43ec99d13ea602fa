import { crc32 } from 'node:zlib';
import { PDFDocument, PDFHexString } from 'pdf-lib';
import sharp from 'sharp';
import { eicar } from '../../local/guardduty/eicar.ts';

interface PdfOptions {
  /** Of a stream that is not compressed. */
  readonly content?: string;
  /** How many objects there are besides. */
  readonly objects?: number;
  readonly useObjectStreams?: boolean;
  /** pdf-lib cannot encrypt: this says only that the rest is. */
  readonly encrypted?: boolean;
}

/** A real PDF of one page. */
export async function makePdf(options: PdfOptions = {}): Promise<Uint8Array> {
  const { content = '', objects = 0, useObjectStreams = false, encrypted = false } = options;
  const document = await PDFDocument.create();
  document.addPage().drawText('Haemoglobin 14.1 g/dL');
  const { context } = document;
  for (let count = 0; count < objects; count += 1) context.register(context.obj(count));
  context.register(context.stream(Buffer.from(content)));
  if (encrypted) {
    const dictionary = { Filter: 'Standard', V: 1, R: 2, P: -44, O: PDFHexString.of('00'), U: PDFHexString.of('00') };
    context.trailerInfo.Encrypt = context.register(context.obj(dictionary));
  }
  return document.save({ useObjectStreams });
}

export const infectedPdf = (): Promise<Uint8Array> => makePdf({ content: eicar.toString() });

/** "Chunk layout" of the PNG specification. */
function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const [size, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(typed));
  return Buffer.concat([size, typed, crc]);
}

/** A picture that carries the test file as its comment. */
export async function infectedPng(): Promise<Uint8Array> {
  const png = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#468' } })
    .png()
    .toBuffer();
  const afterHeader = 8 + 25;
  const comment = pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), eicar]));
  return Buffer.concat([png.subarray(0, afterHeader), comment, png.subarray(afterHeader)]);
}
