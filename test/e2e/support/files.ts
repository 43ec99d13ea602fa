import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { eicar } from '../../../local/guardduty/eicar.ts';
import { infectedPdf, infectedPng, makePdf } from '../../support/scanned-files.ts';

/** Files as people have them, made by libraries that others wrote, with names as people give them. */
export interface RealFiles {
  readonly pdf: string;
  readonly jpeg: string;
  readonly png: string;
  /** Text that calls itself a PDF. */
  readonly disguised: string;
  readonly text: string;
  readonly empty: string;
  /** A PDF that is clean, for who looks at the scan. */
  readonly scanned: string;
  /** Malware in a stream of a real PDF, in the comment of a real PNG, and as it is under the name of a PDF. */
  readonly infectedPdf: string;
  readonly infectedPng: string;
  readonly infectedText: string;
  /** A PDF that needs a password. */
  readonly protectedPdf: string;
  /** A PDF of several megabytes, so that its transfer takes a while. */
  readonly large: string;
}

/** Writes the files into a folder and returns their paths. */
export async function writeRealFiles(directory: string): Promise<RealFiles> {
  const write = async (name: string, content: Uint8Array | string): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, content);
    return path;
  };
  return {
    pdf: await write('Befund Müller (2026-11).pdf', await pdfWith(20_000)),
    jpeg: await write('IMG_2041.JPG', await cameraJpeg()),
    png: await write('x-ray, left hand.png', await grayscalePng()),
    disguised: await write('letter.pdf', 'Dear doctor,\nthis is plain text and not a PDF.\n'),
    text: await write('notes.txt', 'Take twice a day.\n'),
    empty: await write('empty.pdf', ''),
    scanned: await write('referral.pdf', await makePdf()),
    infectedPdf: await write('invoice.pdf', await infectedPdf()),
    infectedPng: await write('holiday.png', await infectedPng()),
    infectedText: await write('x.pdf', eicar),
    protectedPdf: await write('payslip.pdf', await makePdf({ encrypted: true })),
    large: await write('mri-series.pdf', await pdfWith(5_000_000)),
  };
}

async function pdfWith(attachmentSizeBytes: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle('Laboratory report');
  document.addPage().drawText('Haemoglobin 14.1 g/dL', { x: 50, y: 700, size: 14 });
  await document.attach(randomBytes(attachmentSizeBytes), 'raw-values.bin');
  return document.save();
}

/** What a phone's camera writes: rotated by its orientation, with maker, model, time and a thumbnail-worthy size. */
const cameraJpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#7a8', noise: noise(128, 40) } })
    .withExif({
      IFD0: { Make: 'Example', Model: 'Phone 12', DateTime: '2026:11:03 08:15:42', Orientation: '6' },
      IFD2: { DateTimeOriginal: '2026:11:03 08:15:42', FNumber: '18/10', ExposureTime: '1/120' },
    })
    .jpeg({ quality: 88, chromaSubsampling: '4:2:0' })
    .toBuffer();

const grayscalePng = (): Promise<Buffer> =>
  sharp({ create: { width: 600, height: 800, channels: 3, background: '#222', noise: noise(90, 30) } })
    .grayscale()
    .png()
    .toBuffer();

const noise = (mean: number, sigma: number) => ({ type: 'gaussian' as const, mean, sigma });
