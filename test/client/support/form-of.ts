export interface SentForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: Buffer;
}

/** What a form of one file says, read by what RFC 7578 says and not by what wrote it. */
export function formOf(contentType: string, body: Uint8Array): SentForm {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(contentType)?.[1];
  // Every byte is a character, so positions stay.
  const parts = Buffer.from(body).toString('latin1').split(`--${boundary}`);
  if (parts[0] !== '' || parts.at(-1) !== '--\r\n') throw new Error('It is no form.');
  const read = parts.slice(1, -1).map((part) => {
    const [, name = '', content = ''] =
      /^\r\nContent-Disposition: form-data; name="([^"]+)"[\s\S]*?\r\n\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    return [name, Buffer.from(content, 'latin1')] as const;
  });
  const file = read.at(-1);
  if (file?.[0] !== 'file') throw new Error('The file is not the last field.');
  return {
    fields: Object.fromEntries(read.slice(0, -1).map(([name, value]) => [name, value.toString()])),
    file: file[1],
  };
}
