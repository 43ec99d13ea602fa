export interface UppyUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly bucket: string;
}

export interface UppyForm {
  readonly method: 'POST';
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

type Query = Readonly<Record<string, string>>;

/** The S3 routes of Companion as Uppy's clients call them, below an address. */
export const companionOf = (address: string, headers: Readonly<Record<string, string>>) => {
  const call = async (method: string, path: string, query: object, body?: object): Promise<Answered> => {
    const { uploadId: _uploadId, bucket: _bucket, ...sent } = query as Query;
    const response = await fetch(`${address}${path}?${new URLSearchParams(sent)}`, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const json = async <Value>(method: string, path: string, query: object, body?: object): Promise<Value> => {
    const { status, text } = await call(method, path, query, body);
    if (status !== 200) throw new Error(`${method} ${path} was answered ${status}: ${text}`);
    return JSON.parse(text) as Value;
  };
  return {
    call,
    json,
    form: (filename: string, type: string, metadata: Query = {}) =>
      json<UppyForm>('GET', '/s3/params', {
        filename,
        type,
        ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`metadata[${name}]`, value])),
      }),
    send: ({ url, fields }: UppyForm, content: Uint8Array<ArrayBuffer>): Promise<Response> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob([content]));
      return fetch(url, { method: 'POST', body: form });
    },
  };
};

export type Companion = ReturnType<typeof companionOf>;
