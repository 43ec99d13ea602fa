import { TemplateError } from '../template/errors.ts';
import type { Resource, Template } from '../template/template.ts';
import { unknownVariable } from './responses.ts';
import type { ResponsePlan } from './types.ts';

/**
 * Literal headers, `'value'` in the template. Anything else (a header of the request, a variable) is not emulated.
 * `prefix` is what their names begin with, for example `gatewayresponse.header.`.
 */
export const literalHeaders = (
  parameters: Readonly<Record<string, string>>,
  prefix: string,
  { stackName, logicalId }: Resource<unknown>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const literal = /^'(.*)'$/s.exec(value)?.[1];
      if (!name.startsWith(prefix) || literal === undefined) {
        throw new TemplateError(`${stackName}/${logicalId}: the local gateway does not know ${name} = ${value}.`);
      }
      return [name.slice(prefix.length), literal];
    }),
  );

/** The template of `application/json`, which is the one that is used whatever a client accepts. */
export const jsonTemplate = (
  templates: Readonly<Record<string, string>>,
  { stackName, logicalId }: Resource<unknown>,
): string | undefined => {
  const { 'application/json': template, ...others } = templates;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new TemplateError(`${stackName}/${logicalId}: the local gateway knows no template for ${other}.`);
  }
  return template;
};

/** The gateway responses of the template, by their types. */
export const planResponses = (template: Template): ReadonlyMap<string, ResponsePlan> =>
  new Map(
    template.all('AWS::ApiGateway::GatewayResponse').map((resource) => {
      const { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = resource.config;
      const body = jsonTemplate(ResponseTemplates, resource);
      const unknown = unknownVariable(body ?? '');
      if (unknown !== undefined) {
        throw new TemplateError(
          `${resource.stackName}/${resource.logicalId}: the local gateway does not know ${unknown}.`,
        );
      }
      return [
        ResponseType,
        {
          headers: literalHeaders(ResponseParameters, 'gatewayresponse.header.', resource),
          ...(StatusCode !== undefined && { status: Number(StatusCode) }),
          ...(body !== undefined && { template: body }),
        },
      ];
    }),
  );
