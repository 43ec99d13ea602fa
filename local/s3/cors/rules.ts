import { matchesPattern, patternOf } from '../../iam/wildcard.ts';
import type { CorsRule } from '../configuration.ts';

/** A `*` stands for any text, as in `https://*.example.com`, a `?` for itself ("CORS configuration", S3 user guide). */
const matches = (pattern: string, text: string): boolean => matchesPattern(patternOf(pattern, '*'), text);

/** The first rule that allows the origin, the method and every header decides. Header names ignore case. */
export function findCorsRule(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
  headers: readonly string[],
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => matches(pattern, origin)) &&
      rule.allowedMethods.includes(method) &&
      headers.every((header) =>
        (rule.allowedHeaders ?? []).some((pattern) => matches(pattern.toLowerCase(), header.toLowerCase())),
      ),
  );
}

/** Headers of every answer to an allowed origin; only a rule for the plain `*` hides which origin it was. */
export function corsHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const isAnyOrigin = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isAnyOrigin ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(rule.exposedHeaders?.length && { 'access-control-expose-headers': rule.exposedHeaders.join(', ') }),
    ...(rule.maxAge !== undefined && { 'access-control-max-age': String(rule.maxAge) }),
    ...(!isAnyOrigin && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
