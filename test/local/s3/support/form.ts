import { createHmac } from 'node:crypto';
import { type RawAnswer, sendRaw } from './raw.ts';
import { bucketName, credentials, region, type TestS3 } from './server.ts';

export const boundary = '----sealdropFormBoundary';
export const formType = `multipart/form-data; boundary=${boundary}`;

/** A part of a form, as browsers write it; the last argument makes it a file. */
export const part = (name: string, value: string | Buffer, fileName?: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/plain`}\r\n\r\n`,
    ),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);

export const formBody = (...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);

export interface FormOptions {
  readonly fields?: Readonly<Record<string, string>>;
  /** Besides one for each field. */
  readonly conditions?: readonly unknown[];
  /** Fields that get no condition of their own. */
  readonly uncovered?: readonly string[];
  readonly signedAt?: Date;
  readonly expiration?: unknown;
  /** In place of a policy made of all this. */
  readonly policy?: string;
  readonly scope?: string;
  /** Fields that are sent otherwise than they were signed; undefined ones are not sent. */
  readonly change?: Readonly<Record<string, string | undefined>>;
}

/** The fields of a form, signed as the AWS document on POST signatures says and by no code of the project. */
export function signedFields(options: FormOptions): Record<string, string> {
  const signedAt = options.signedAt ?? new Date();
  const date = signedAt.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = options.scope ?? `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const fields: Record<string, string> = {
    key: 'k',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${scope}`,
    'x-amz-date': date,
    'x-amz-security-token': credentials.sessionToken,
    ...options.fields,
  };
  const covered = Object.entries(fields).filter(([name]) => !options.uncovered?.includes(name));
  const document = JSON.stringify({
    expiration: options.expiration ?? new Date(signedAt.getTime() + 60_000).toISOString(),
    conditions: [
      ...(options.uncovered?.includes('bucket') ? [] : [{ bucket: bucketName }]),
      ...covered.map(([name, value]) => ({ [name]: value })),
      ...(options.conditions ?? []),
    ],
  });
  const policy = Buffer.from(options.policy ?? document).toString('base64');
  const key = scope
    .split('/')
    .reduce<string | Buffer>(
      (secret, text) => createHmac('sha256', secret).update(text).digest(),
      `AWS4${credentials.secretAccessKey}`,
    );
  const signed = { ...fields, policy, 'x-amz-signature': createHmac('sha256', key).update(policy).digest('hex') };
  const changed: Record<string, string | undefined> = { ...signed, ...options.change };
  return Object.fromEntries(
    Object.entries(changed).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

export const fieldParts = (fields: Readonly<Record<string, string>>): Buffer[] =>
  Object.entries(fields).map(([name, value]) => part(name, value));

/** Posts a whole form, whatever is in it. */
export const postBody = (
  s3: TestS3,
  body: Buffer,
  headers: Record<string, string> = {},
  path = `/${bucketName}`,
): Promise<RawAnswer> =>
  sendRaw(`${s3.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': formType, 'content-length': body.length, ...headers },
    body,
  });

export const postForm = (
  s3: TestS3,
  options: FormOptions & { readonly file?: string | Buffer; readonly fileName?: string | undefined } = {},
  headers: Record<string, string> = {},
): Promise<RawAnswer> => {
  const fileName = 'fileName' in options ? options.fileName : 'a.txt';
  const file = part('file', options.file ?? 'hello', fileName);
  return postBody(s3, formBody(...fieldParts(signedFields(options)), file), headers);
};
