import { render } from 'velocityjs';
import type { Call, GatewayAnswer, MockIntegration } from './types.ts';

/** A Velocity reference that this gateway does not know, for an error at start: it would be rendered as plain text. */
export const unknownReference = (template: string): string | undefined => {
  const assigned = new Set([...template.matchAll(/#set\(\s*\$(\w+)\s*=/g)].map(([, name]) => name));
  const references = [...template.matchAll(/\$!?\{?(\w+)((?:\.[\w-]+)*)/g)];
  const unknown = references.find(([, name, path]) => {
    if (name === 'input') return !/^\.params\b/.test(path ?? '');
    if (name === 'context')
      return !/^\.(requestId$|httpMethod$|stage$|responseOverride\.(header\.|status$))/.test(path ?? '');
    return !assigned.has(name);
  });
  return unknown?.[0];
};

const lastValues = (entries: Iterable<readonly [string, string]>): ReadonlyMap<string, string> => new Map(entries);

/** `$input.params()` and `$context` (developer guide, "Mapping template and access logging variable reference"). */
const referencesOf = ({ request, requestId, pathParameters }: Call) => {
  const header = lastValues(request.headers);
  const querystring = lastValues(request.query);
  const path = lastValues(Object.entries(pathParameters));
  const overrides = { header: {} as Record<string, string>, status: undefined as number | undefined };
  return {
    overrides,
    references: {
      input: {
        params: (name?: string) =>
          name === undefined
            ? { header, querystring, path }
            : (path.get(name) ?? querystring.get(name) ?? header.get(name)),
      },
      context: { requestId, httpMethod: request.method, responseOverride: overrides },
    },
  };
};

/** Replaces header values, whatever the case of their names. */
const override = (headers: Readonly<Record<string, string>>, overrides: Readonly<Record<string, string>>) => {
  const replaced = new Set(Object.keys(overrides).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  return [...kept, ...Object.entries(overrides)];
};

/** Answers without any function. Gives the type of the gateway response where it cannot. */
export const mockAnswer = (
  integration: MockIntegration,
  call: Call,
): GatewayAnswer | 'UNSUPPORTED_MEDIA_TYPE' | 'API_CONFIGURATION_ERROR' => {
  const type = call.request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/json';
  const { references, overrides } = referencesOf(call);
  const template = integration.requestTemplates[type.split(';')[0]?.trim().toLowerCase() ?? ''];
  if (template === undefined && integration.passthrough !== 'WHEN_NO_MATCH') return 'UNSUPPORTED_MEDIA_TYPE';
  const request = template === undefined ? call.request.body : render(template, references);
  // The gateway reads this leniently: CDK writes `{ statusCode: 200 }`.
  if (!/\bstatusCode"?\s*:\s*\d{3}\b/.test(request ?? '')) return 'API_CONFIGURATION_ERROR';
  const body = render(integration.responseTemplate, references).trim();
  return {
    status: overrides.status ?? integration.status,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-RequestId', call.requestId],
      ...override(integration.headers, overrides.header),
    ],
    body,
  };
};
