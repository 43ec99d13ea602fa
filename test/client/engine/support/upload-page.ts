import { type Client, createClient, type UploadProgress } from '../../../../client/index.ts';

export interface UploadInPage {
  readonly baseUrl: string;
  readonly token: string;
  readonly sizeBytes: number;
  readonly integrity: 'sha256' | 'crc64nvme';
}

/** A PDF as far as its first bytes tell, and no part of it like another; the same each time, date included. */
function fileOf(sizeBytes: number): File {
  const numbers = new Uint32Array(sizeBytes / 4);
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = Math.imul(index, 2654435761);
  new Uint8Array(numbers.buffer).set(new TextEncoder().encode('%PDF-1.7\n'));
  return new File([numbers], 'scan.pdf', { type: 'application/pdf', lastModified: 1 });
}

/** One for all files, as pages have it. */
const clients = new Map<string, Client>();

const clientOf = ({ baseUrl, token }: UploadInPage): Client => {
  const client = clients.get(token) ?? createClient({ baseUrl, token: () => token });
  clients.set(token, client);
  return client;
};

/** Runs in the page: uploads a file and tells its state, and the progress that went back, of which there is none. */
globalThis.uploadInPage = async (upload) => {
  const { sizeBytes, integrity } = upload;
  const wentBack: UploadProgress[] = [];
  let fraction = 0;
  const document = await clientOf(upload).upload(fileOf(sizeBytes), {
    integrity,
    metadata: { category: 'reports' },
    onProgress: (progress) => {
      if (progress.fraction < fraction) wentBack.push(progress);
      fraction = progress.fraction;
    },
  });
  return { id: document.id, state: document.state, wentBack: wentBack.length, fraction };
};

declare global {
  var uploadInPage: (
    upload: UploadInPage,
  ) => Promise<{ id: string; state: string; wentBack: number; fraction: number }>;
}
