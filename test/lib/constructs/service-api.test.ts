import { describe, expect, it } from 'vitest';
import { type Route, routes } from '../../../contract/routes.ts';
import type { Environment } from '../../../lib/environment.ts';
import {
  everyEnvironment,
  type Resource,
  resourceOf,
  resourcesOf,
  synthesize,
  type Template,
} from '../support/synthesize.ts';

type Method = Resource & { readonly id: string };

/** `/v1/documents/{documentId}` of a resource of the API, by its parents. */
function pathOf(service: Template, id: string): string {
  const { PathPart, ParentId } = service.Resources[id]?.Properties ?? {};
  const parent = (ParentId as { Ref?: string }).Ref;
  return `${parent ? pathOf(service, parent) : ''}/${PathPart}`;
}

const methodsOf = (service: Template): ReadonlyMap<string, Method> =>
  new Map(
    resourcesOf(service, 'AWS::ApiGateway::Method').map((method) => {
      const { HttpMethod, ResourceId } = method.Properties;
      return [`${HttpMethod} ${pathOf(service, (ResourceId as { Ref: string }).Ref)}`, method];
    }),
  );

const routeList: readonly Route[] = Object.values(routes);

const [dev] = everyEnvironment;

/** What does the same each time, what is signed or given out anew, and what Uppy's clients ask, which know no keys. */
const takesNoKey = (path: string): boolean =>
  path.includes('/s3/') ||
  path === '/v1/upload-tokens' ||
  ['parts', 'complete', 's3-requests'].some((call) => path === `/v1/documents/{documentId}/${call}`);

/** Preflights compare origins only where there are several. */
const severalOrigins = {
  ...(dev as Environment),
  name: 'several',
  origins: ['https://documents.example.com', 'https://clinic.example.com', 'https://office.example.com'],
};

describe.each(synthesize([...everyEnvironment, severalOrigins]))(
  'the API of $environment.name',
  ({ environment, service }) => {
    const methods = methodsOf(service);
    const authorizer = resourceOf(service, 'AWS::ApiGateway::Authorizer');
    const authorizeId = resourceOf(service, 'AWS::Lambda::Function', 'authorize').id;

    it('has the routes of the table and a preflight for each path, nothing else', () => {
      const preflights = routeList.map(({ path }) => `OPTIONS ${path}`);

      expect([...methods.keys()].sort()).toEqual(
        [...new Set([...routeList.map(({ method, path }) => `${method} ${path}`), ...preflights])].sort(),
      );
    });

    it.each(routeList)('hands $method $path to its function, behind the authorizer unless it is public', (route) => {
      const { Properties } = methods.get(`${route.method} ${route.path}`) ?? {};
      const lambda = resourceOf(service, 'AWS::Lambda::Function', `${route.function.replaceAll('-', '')}Function`);

      expect(Properties).toMatchObject(
        route.isPublic
          ? { AuthorizationType: 'NONE' }
          : { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizer.id } },
      );
      expect(Properties?.Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
      expect(JSON.stringify(Properties?.Integration)).toContain(`"${lambda.id}"`);
    });

    it('names its operations as the route table does', () => {
      const names = [...methods.values()].flatMap(({ Properties }) => Properties.OperationName ?? []);

      expect(names.sort()).toEqual(Object.keys(routes).sort());
    });

    it('checks the shape of bodies, and of nothing else', () => {
      const validator = resourceOf(service, 'AWS::ApiGateway::RequestValidator');
      const model = resourceOf(service, 'AWS::ApiGateway::Model');
      const guarded = [...methods].filter(([, { Properties }]) => Properties.RequestValidatorId !== undefined);

      expect(guarded.map(([name]) => name).sort()).toEqual(
        routeList.flatMap(({ method, path, body }) => (body ? [`${method} ${path}`] : [])).sort(),
      );
      for (const [, { Properties }] of guarded) {
        expect(Properties.RequestValidatorId).toEqual({ Ref: validator.id });
        expect(Properties.RequestModels).toEqual({ 'application/json': { Ref: model.id } });
      }
      expect(validator.Properties.ValidateRequestBody).toBe(true);
      expect(model.Properties.Schema).toEqual({
        $schema: 'http://json-schema.org/draft-04/schema#',
        type: 'object',
      });
    });

    it('asks the authorizer with the Authorization header, and keeps its answer for five minutes', () => {
      expect(authorizer.Properties).toMatchObject({
        Type: 'REQUEST',
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerResultTtlInSeconds: 300,
      });
      expect(JSON.stringify(authorizer.Properties.AuthorizerUri)).toContain(`"${authorizeId}"`);
    });

    it('speaks TLS 1.2 or newer with forward secrecy, in its region', () => {
      expect(resourceOf(service, 'AWS::ApiGateway::RestApi').Properties).toMatchObject({
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
        EndpointAccessMode: 'STRICT',
      });
    });

    it('is throttled, and logs no bodies and no headers', () => {
      expect(resourceOf(service, 'AWS::ApiGateway::Stage').Properties).toMatchObject({
        StageName: 'live',
        MethodSettings: [
          {
            HttpMethod: '*',
            ResourcePath: '/*',
            LoggingLevel: 'OFF',
            DataTraceEnabled: false,
            ThrottlingRateLimit: environment.throttle.requestsPerSecond,
            ThrottlingBurstLimit: environment.throttle.burst,
          },
        ],
      });
    });

    it('logs one JSON line for each call: no path, no query, no token, no address, no person', () => {
      const { AccessLogSetting } = resourceOf(service, 'AWS::ApiGateway::Stage').Properties;
      const { Format } = AccessLogSetting as { Format: string };
      const values = Object.values(JSON.parse(Format));

      expect(values).toContain('$context.requestId');
      expect(values).toContain('$context.resourcePath');
      expect(Format).not.toMatch(/\$context\.(path|identity|authorizer\.(?!status)|customDomain)|querystring|header/i);
    });

    it.each([...new Set(routeList.map(({ path }) => path))])('answers preflights of %s by itself, exactly', (path) => {
      const { Properties } = methods.get(`OPTIONS ${path}`) ?? {};
      const allowed = routeList.filter((route) => route.path === path).map(({ method }) => method);
      const keyed = allowed.includes('POST') && !takesNoKey(path) ? ',idempotency-key' : '';
      const conditional = { '/v1/documents/{documentId}': ',if-none-match,if-match', '/v1/settings': ',if-none-match' }[
        path
      ];

      expect(Properties?.AuthorizationType).toBe('NONE');
      expect(Properties?.Integration).toMatchObject({
        Type: 'MOCK',
        IntegrationResponses: [
          {
            StatusCode: '204',
            ResponseParameters: {
              'method.response.header.Access-Control-Allow-Origin': `'${environment.origins[0]}'`,
              'method.response.header.Access-Control-Allow-Methods': `'${allowed.join(',')}'`,
              'method.response.header.Access-Control-Allow-Headers': `'authorization,content-type${conditional ?? ''}${keyed}'`,
              'method.response.header.Vary': "'Origin'",
            },
          },
        ],
      });
      const compared = JSON.stringify(Properties?.Integration).matchAll(
        /Access-Control-Allow-Origin = \\"([^\\]*)\\"/g,
      );
      expect([...compared].map(([, origin]) => origin)).toEqual(environment.origins.slice(1));
    });
  },
);
