import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import { createPermissionCheck } from './permissions.ts';
import { functionOfUri, planIntegration } from './plan-integration.ts';
import { planResponses } from './plan-responses.ts';
import type { AuthorizerPlan, GatewayPlan, RoutePlan, ThrottlePlan } from './types.ts';

const one = <Item>(items: readonly Item[], what: string): Item => {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) {
    throw new TemplateError(`The local gateway serves exactly one ${what}; the template has ${items.length}.`);
  }
  return item;
};

const findByRef = <Item extends { readonly ref: string }>(items: readonly Item[], ref: string, what: string): Item => {
  const item = items.find((candidate) => candidate.ref === ref);
  if (item === undefined) throw new TemplateError(`The template has no ${what} ${ref}.`);
  return item;
};

/** The path of a resource from its parents, `/v1/documents/{documentId}`. */
const pathOf = (template: Template, rootId: string, resourceId: string): string => {
  if (resourceId === rootId) return '';
  const { config } = findByRef(template.all('AWS::ApiGateway::Resource'), resourceId, 'resource of the API');
  if (config.PathPart.endsWith('+}')) throw new TemplateError(`The local gateway does not know ${config.PathPart}.`);
  return `${pathOf(template, rootId, config.ParentId)}/${config.PathPart}`;
};

const planAuthorizer = (resource: ResourceOf<'AWS::ApiGateway::Authorizer'>): AuthorizerPlan => ({
  id: resource.ref,
  functionArn: functionOfUri(resource.config.AuthorizerUri, resource),
  cacheSeconds: resource.config.AuthorizerResultTtlInSeconds,
  identityHeaders: resource.config.IdentitySource.split(',').map((source) => {
    const name = /^\s*method\.request\.header\.(\S+)\s*$/.exec(source)?.[1];
    if (name === undefined) throw new TemplateError(`The local gateway does not know the identity source ${source}.`);
    return name.toLowerCase();
  }),
});

const planBodySchemas = (template: Template, { config }: ResourceOf<'AWS::ApiGateway::Method'>) => {
  if (config.RequestValidatorId === undefined) return undefined;
  const validators = template.all('AWS::ApiGateway::RequestValidator');
  const validator = findByRef(validators, config.RequestValidatorId, 'request validator');
  if (!validator.config.ValidateRequestBody) return undefined;
  const models = template.all('AWS::ApiGateway::Model');
  return new Map(
    Object.entries(config.RequestModels).map(([type, name]) => [type, findByRef(models, name, 'model').config.Schema]),
  );
};

const planRoute = (template: Template, rootId: string, method: ResourceOf<'AWS::ApiGateway::Method'>): RoutePlan => {
  const { HttpMethod, ResourceId, AuthorizationType, AuthorizerId } = method.config;
  const bodySchemas = planBodySchemas(template, method);
  return {
    method: HttpMethod,
    path: pathOf(template, rootId, ResourceId) || '/',
    resourceId: ResourceId,
    integration: planIntegration(method),
    ...(bodySchemas && { bodySchemas }),
    ...(AuthorizationType === 'CUSTOM' && {
      authorizer: planAuthorizer(
        findByRef(template.all('AWS::ApiGateway::Authorizer'), AuthorizerId ?? '', 'authorizer'),
      ),
    }),
  };
};

const planThrottle = ({ config }: ResourceOf<'AWS::ApiGateway::Stage'>): ThrottlePlan | undefined => {
  const [settings] = config.MethodSettings;
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = settings ?? {};
  return ThrottlingRateLimit === undefined || ThrottlingBurstLimit === undefined
    ? undefined
    : { requestsPerSecond: ThrottlingRateLimit, burst: ThrottlingBurstLimit };
};

/** The REST API of the template. */
export const planGateway = (template: Template): GatewayPlan => {
  const api = one(template.all('AWS::ApiGateway::RestApi'), 'REST API');
  const stage = one(template.all('AWS::ApiGateway::Stage'), 'stage');
  const throttle = planThrottle(stage);
  const rootId = api.attribute('RootResourceId');
  const routes = template.all('AWS::ApiGateway::Method').map((method) => planRoute(template, rootId, method));
  const { account, region, ref: apiId } = api;
  const checkPermission = createPermissionCheck(template);
  const execute = `arn:aws:execute-api:${region}:${account}:${apiId}`;
  for (const { method, path, authorizer, integration } of routes) {
    if (authorizer) checkPermission(authorizer.functionArn, `${execute}/authorizers/${authorizer.id}`);
    if (integration.kind === 'lambda') {
      const source = `${execute}/${stage.ref}/${method}${path.replace(/\{[^}]+\}/g, '*')}`;
      checkPermission(integration.functionArn, source);
    }
  }
  return {
    apiId,
    stageName: stage.ref,
    account,
    region,
    routes,
    responses: planResponses(template),
    ...(throttle && { throttle }),
    ...(api.config.MinimumCompressionSize !== undefined && {
      minimumCompressionSizeBytes: api.config.MinimumCompressionSize,
    }),
  };
};
