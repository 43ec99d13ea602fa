import { describe, expect, it } from 'vitest';
import { mockAnswer, unknownReference } from '../../../local/gateway/mock.ts';
import type { Call, GatewayAnswer, MockIntegration } from '../../../local/gateway/types.ts';

/** Two ways to write it for several origins: this project's, and that of CDK's `addCorsPreflight`. */
const templates = {
  'of this project': `#set($headers = $input.params().header)
#if($headers.get("Origin") == "https://b.example" || $headers.get("origin") == "https://b.example")
#set($context.responseOverride.header.Access-Control-Allow-Origin = "https://b.example")
#end`,
  'of CDK': `#set($origin = $input.params().header.get("Origin"))
#if($origin == "")
  #set($origin = $input.params().header.get("origin"))
#end
#if($origin == "https://b.example" || $origin == "https://c.example")
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`,
};

const preflight = (changes: Partial<MockIntegration> = {}): MockIntegration => ({
  kind: 'mock',
  requestTemplates: { 'application/json': '{ statusCode: 200 }' },
  passthrough: 'NEVER',
  status: 204,
  headers: { 'Access-Control-Allow-Origin': 'https://a.example', Vary: 'Origin' },
  responseTemplate: templates['of this project'],
  ...changes,
});

const callOf = (integration: MockIntegration, headers: Call['request']['headers']): Call => ({
  request: { method: 'OPTIONS', path: '/', query: new URLSearchParams(), headers, body: '', sourceIp: '127.0.0.1' },
  requestId: 'request',
  at: new Date(0),
  route: { method: 'OPTIONS', path: '/', resourceId: 'r', integration },
  pathParameters: {},
});

const answer = (headers: Call['request']['headers'], changes: Partial<MockIntegration> = {}) => {
  const integration = preflight(changes);
  return mockAnswer(integration, callOf(integration, headers));
};

const allowedOrigin = (answered: ReturnType<typeof answer>) =>
  (answered as GatewayAnswer).headers
    .filter(([name]) => name === 'Access-Control-Allow-Origin')
    .map(([, value]) => value);

describe.each(Object.entries(templates))('a CORS preflight %s', (_, responseTemplate) => {
  it.each([
    ['its first origin', 'https://a.example', 'https://a.example'],
    ['another of its origins', 'https://b.example', 'https://b.example'],
    ['an origin that is none of its own', 'https://evil.example', 'https://a.example'],
    ['an origin that only looks like one', 'https://bxexample', 'https://a.example'],
  ])('for %s', (_origin, origin, expected) => {
    const answered = answer([['Origin', origin]], { responseTemplate });
    expect(answered).toMatchObject({ status: 204, body: '' });
    expect(allowedOrigin(answered)).toEqual([expected]);
  });
});

describe('a mock', () => {
  it('knows the header in lower case too, as HTTP/2 sends it', () => {
    expect(allowedOrigin(answer([['origin', 'https://b.example']]))).toEqual(['https://b.example']);
  });

  it('can set the status', () => {
    const responseTemplate = '#set($context.responseOverride.status = 418)';
    expect(answer([], { responseTemplate })).toMatchObject({ status: 418 });
  });

  it('refuses a content type it has no template for', () => {
    expect(answer([['Content-Type', 'text/plain']])).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('needs a status from its request template', () => {
    expect(answer([], { requestTemplates: { 'application/json': '{}' } })).toBe('API_CONFIGURATION_ERROR');
    expect(answer([['Content-Type', 'text/plain']], { passthrough: 'WHEN_NO_MATCH' })).toBe('API_CONFIGURATION_ERROR');
  });
});

describe('references of a template', () => {
  it.each(Object.values(templates))('are known', (template) => {
    expect(unknownReference(template)).toBeUndefined();
  });

  it.each([
    ["$util.escapeJavaScript('a')", '$util.escapeJavaScript'],
    ["$input.json('$.a')", '$input.json'],
    ['$context.identity.sourceIp', '$context.identity.sourceIp'],
    ['$undefined', '$undefined'],
  ])('are not known: %s', (template, unknown) => {
    expect(unknownReference(template)).toBe(unknown);
  });
});
