/** The REST API as the template configures it. ARNs and ids are as on AWS. */
export interface GatewayPlan {
  readonly apiId: string;
  readonly stageName: string;
  readonly account: string;
  readonly region: string;
  readonly routes: readonly RoutePlan[];
  /** By response type, `UNAUTHORIZED` and so on; only those that the template sets. */
  readonly responses: ReadonlyMap<string, ResponsePlan>;
  readonly throttle?: ThrottlePlan;
  /** From how many bytes on answers are compressed for clients that ask for it; absent: never. */
  readonly minimumCompressionSizeBytes?: number;
}

export interface RoutePlan {
  /** Upper case, or `ANY`. */
  readonly method: string;
  /** As API Gateway writes resources: `/v1/documents/{documentId}`. */
  readonly path: string;
  readonly resourceId: string;
  readonly authorizer?: AuthorizerPlan;
  /** JSON schema (draft 4) of the body by content type; absent where bodies are not validated. */
  readonly bodySchemas?: ReadonlyMap<string, object>;
  readonly integration: LambdaIntegration | MockIntegration;
}

export interface LambdaIntegration {
  readonly kind: 'lambda';
  readonly functionArn: string;
  readonly timeoutMs: number;
}

export interface MockIntegration {
  readonly kind: 'mock';
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly passthrough: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly responseTemplate: string;
}

export interface AuthorizerPlan {
  readonly id: string;
  readonly functionArn: string;
  /** Names of the headers that identify the caller, in lower case. */
  readonly identityHeaders: readonly string[];
  readonly cacheSeconds: number;
}

export interface ResponsePlan {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly template?: string;
}

export interface ThrottlePlan {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/** One HTTP request as it came in. */
export interface GatewayRequest {
  readonly method: string;
  /** The path as sent, with its percent-encoding, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** In the order and case as sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined where it was longer than API Gateway takes. */
  readonly body: string | undefined;
  readonly sourceIp: string;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** One request on its way through the gateway. */
export interface Call {
  readonly request: GatewayRequest;
  readonly requestId: string;
  readonly at: Date;
  readonly route: RoutePlan;
  /** Values of the path's parameters, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}
