import { TemplateError } from '../template/errors.ts';
import type { ResourceOf } from '../template/template.ts';
import { unknownReference } from './mock.ts';
import { jsonTemplate, literalHeaders } from './plan-responses.ts';
import type { RoutePlan } from './types.ts';

type Method = ResourceOf<'AWS::ApiGateway::Method'>;

/** The function in `arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations`. */
export const functionOfUri = (
  uri: string,
  { stackName, logicalId }: { stackName: string; logicalId: string },
): string => {
  const functionArn = /:lambda:path\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(uri)?.[1];
  if (functionArn === undefined) throw new TemplateError(`${stackName}/${logicalId}: ${uri} is no Lambda function.`);
  return functionArn;
};

const checkReferences = (template: string, { stackName, logicalId }: Method): string => {
  const unknown = unknownReference(template);
  if (unknown === undefined) return template;
  throw new TemplateError(`${stackName}/${logicalId}: the local gateway does not know ${unknown} in a template.`);
};

/** What is behind a method. */
export const planIntegration = (method: Method): RoutePlan['integration'] => {
  const { Integration } = method.config;
  if (Integration.Type === 'AWS_PROXY') {
    return {
      kind: 'lambda',
      functionArn: functionOfUri(Integration.Uri, method),
      timeoutMs: Integration.TimeoutInMillis,
    };
  }
  const [{ StatusCode, ResponseParameters, ResponseTemplates }] = Integration.IntegrationResponses;
  return {
    kind: 'mock',
    requestTemplates: Object.fromEntries(
      Object.entries(Integration.RequestTemplates).map(([type, text]) => [type, checkReferences(text, method)]),
    ),
    passthrough: Integration.PassthroughBehavior,
    status: Number(StatusCode),
    headers: literalHeaders(ResponseParameters, 'method.response.header.', method),
    responseTemplate: checkReferences(jsonTemplate(ResponseTemplates, method) ?? '', method),
  };
};
