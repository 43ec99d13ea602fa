import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { exposedHeadersOf, requestHeadersOf } from '../../contract/cors.ts';
import { IdempotencyKey, takesIdempotencyKey } from '../../contract/idempotency.ts';
import { type Route, routes } from '../../contract/routes.ts';

const table = Object.entries<Route>(routes);
const isKey = (text: string) => z.safeParse(IdempotencyKey, text).success;

describe('an idempotency key', () => {
  it.each(['a', '"a"', '8e03978e-40d5-43dd-bc93-6894a57f9324', "!#$%&'()*+,-./:;<=>?@[]^_`{|}~", 'x'.repeat(255)])(
    'may be %s',
    (text) => expect(isKey(text)).toBe(true),
  );

  it.each(['', '""', '"', 'a b', 'a"', '"a', '"a"b"', 'a\\b', 'é', '\u{7f}', '\n', 'a\n', 'x'.repeat(256)])(
    'may not be %j',
    (text) => expect(isKey(text)).toBe(false),
  );

  it('in quotes has as many characters as without', () => {
    expect([isKey(`"${'x'.repeat(255)}"`), isKey(`"${'x'.repeat(256)}"`)]).toEqual([true, false]);
  });

  const without = [
    ...['signParts', 'completeUpload', 'createUploadToken', 'signS3Request'],
    ...['companionCreate', 'companionComplete'],
  ];

  it('is taken by every POST of a known caller that is not idempotent by itself, and by nothing else', () => {
    expect(table.flatMap(([name, route]) => (takesIdempotencyKey(route) ? [name] : []))).toEqual(
      table.flatMap(([name, { method, isPublic }]) =>
        method === 'POST' && !isPublic && !without.includes(name) ? [name] : [],
      ),
    );
  });

  it.each(table)('that is reused is a problem of %s exactly where it takes one', (_name, route) => {
    expect(route.problems.includes('idempotency-key-reused')).toBe(takesIdempotencyKey(route));
  });

  it.each(table)('may be sent by pages to the path of %s exactly where a route there takes one', (_name, route) => {
    expect(requestHeadersOf([route]).includes('idempotency-key')).toBe(takesIdempotencyKey(route));
    expect(exposedHeadersOf(route).includes('Idempotent-Replayed')).toBe(takesIdempotencyKey(route));
  });
});
