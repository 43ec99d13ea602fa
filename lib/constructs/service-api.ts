import {
  AuthorizationType,
  type CfnRestApi,
  EndpointType,
  IdentitySource,
  type IResource,
  JsonSchemaType,
  JsonSchemaVersion,
  LambdaIntegration,
  MethodLoggingLevel,
  RequestAuthorizer,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionName } from '../../contract/functions.ts';
import { type Route, routes } from '../../contract/routes.ts';
import type { Environment } from '../environment.ts';
import { AccessLog } from './access-log.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addPreflight } from './preflight.ts';

export interface ServiceApiProps {
  readonly environment: Environment;
  readonly lambdas: Readonly<Record<FunctionName, LambdaFunction>>;
}

/** The API, derived from the route table. */
export class ServiceApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, { environment, lambdas }: ServiceApiProps) {
    super(scope, id);
    const accessLog = new AccessLog(this, 'AccessLog', { environment });
    this.api = new RestApi(this, 'Rest', {
      restApiName: `sealdrop-${environment.name}`,
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      // For the scripts of the page at /docs and for long lists. What is smaller travels in few packets anyway, and the
      // strong tags of documents stay true: they stand for bytes that nobody compresses.
      minCompressionSize: Size.kibibytes(64),
      deployOptions: {
        stageName: 'live',
        throttlingRateLimit: environment.throttle.requestsPerSecond,
        throttlingBurstLimit: environment.throttle.burst,
        // Execution logs would hold headers and bodies: tokens and names of files.
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        ...accessLog.stageOptions,
      },
    });
    this.api.deploymentStage.node.addDependency(accessLog.account);
    this.api.node.tryRemoveChild('Endpoint');
    requireModernTls(this.api);
    this.addRoutes(lambdas);
    for (const [path, routesOfPath] of Map.groupBy<string, Route>(Object.values(routes), (route) => route.path)) {
      addPreflight(this.api.root.resourceForPath(path), { routes: routesOfPath, origins: environment.origins });
    }
    addGatewayResponses(this.api, environment);
  }

  private addRoutes(lambdas: ServiceApiProps['lambdas']): void {
    const authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: lambdas.authorize,
      identitySources: [IdentitySource.header('Authorization')],
      resultsCacheTtl: Duration.minutes(5),
    });
    const bodyGuard = this.bodyGuard();
    for (const [operationName, route] of Object.entries(routes)) {
      const resource: IResource = this.api.root.resourceForPath(route.path);
      resource.addMethod(route.method, new LambdaIntegration(lambdas[route.function], { allowTestInvoke: false }), {
        ...('isPublic' in route ? { authorizationType: AuthorizationType.NONE } : { authorizer }),
        operationName,
        ...('body' in route && bodyGuard),
      });
    }
  }

  /**
   * Keeps what is no object at all from the functions. No more than that: the gateway cannot say which field is wrong
   * without repeating what was sent; the function does, from the schema of the route table.
   */
  private bodyGuard() {
    const model = this.api.addModel('Body', {
      contentType: 'application/json',
      schema: { schema: JsonSchemaVersion.DRAFT4, type: JsonSchemaType.OBJECT },
    });
    const requestValidator = this.api.addRequestValidator('BodyValidator', { validateRequestBody: true });
    return { requestModels: { 'application/json': model }, requestValidator };
  }
}

/**
 * TLS 1.2 or newer with forward secrecy on the API's own endpoint. STRICT refuses a host name that differs from the
 * one of the handshake. (API Gateway developer guide, "Security policies for REST APIs".)
 */
function requireModernTls(api: RestApi): void {
  const resource = api.node.defaultChild as CfnRestApi;
  resource.securityPolicy = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
  resource.endpointAccessMode = 'STRICT';
}
