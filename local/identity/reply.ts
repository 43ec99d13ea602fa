/** What an endpoint answers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const jsonReply = (status: number, body: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body)}\n`,
});

export const textReply = (status: number, sentence: string, headers: Reply['headers'] = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: `${sentence}\n`,
});

/** 303, so that a browser follows a POST with a GET (RFC 9700 section 4.12). */
export const redirectReply = (target: string, parameters: Readonly<Record<string, string | undefined>>): Reply => {
  const url = new URL(target);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return { status: 303, headers: { location: url.href }, body: '' };
};

/** RFC 6749 section 5.2. A description is printable ASCII without quotes and backslashes. */
export const oauthError = (error: string, description: string, status = 400): Reply =>
  jsonReply(status, { error, error_description: description });
