import type { RoleCredentials } from '../roles/credentials.ts';
import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import type { FunctionConfig } from './types.ts';

/** Where the services are that functions call. */
export interface Endpoints {
  readonly s3: string;
  readonly dynamodb: string;
  readonly secretsManager: string;
  readonly eventBridge: string;
  /** Absent where there is no scanner. */
  readonly guardDuty?: string | undefined;
}

/** Of services that are not run: nobody listens there, and no call may leave this machine. */
const nowhere = 'http://127.0.0.1:1';

/** More threads than this only wait for one another on one machine. */
const concurrencyMaxDefault = 4;

const timeZone = ':UTC';

/** The name in the ARN of a role, behind its path. */
export const roleNameIn = (roleArn: string): string => roleArn.slice(roleArn.lastIndexOf('/') + 1);

/** The role of a function, by its name. */
export const roleNameOf = ({ config }: ResourceOf<'AWS::Lambda::Function'>): string => roleNameIn(config.Role);

/** What Lambda puts into the environment (developer guide, "Defined runtime environment variables"), and endpoints. */
const runtimeVariables = (
  resource: ResourceOf<'AWS::Lambda::Function'>,
  codeDirectory: string,
  credentials: RoleCredentials,
  endpoints: Endpoints,
): Readonly<Record<string, string>> => ({
  TZ: timeZone,
  _HANDLER: resource.config.Handler,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_DEFAULT_REGION: resource.region,
  AWS_ENDPOINT_URL: nowhere,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
  AWS_ENDPOINT_URL_GUARDDUTY: endpoints.guardDuty ?? nowhere,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  AWS_EXECUTION_ENV: `AWS_Lambda_${resource.config.Runtime}`,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(resource.config.MemorySize),
  AWS_LAMBDA_FUNCTION_NAME: resource.ref,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${resource.ref}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_REGION: resource.region,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LAMBDA_TASK_ROOT: codeDirectory,
});

/** The functions of the template, with the environment they get there and nothing else. */
export const planFunctions = (
  template: Template,
  credentialsOf: (roleName: string, session: string) => RoleCredentials | undefined,
  endpoints: Endpoints,
): readonly FunctionConfig[] =>
  template.all('AWS::Lambda::Function').map((resource) => {
    const { config, ref, attribute } = resource;
    const credentials = credentialsOf(roleNameOf(resource), ref);
    if (credentials === undefined) throw new TemplateError(`The role of the function ${ref} is not in the template.`);
    const { TZ = timeZone } = config.Environment?.Variables ?? {};
    if (TZ !== timeZone) throw new TemplateError(`The function ${ref} wants the time zone ${TZ}; here all are in UTC.`);
    const codeDirectory = template.asset(config.Code.S3Key);
    return {
      name: ref,
      arn: attribute('Arn'),
      codeDirectory,
      handler: config.Handler,
      timeoutSeconds: config.Timeout,
      memorySizeMb: config.MemorySize,
      concurrencyMax: Math.min(config.ReservedConcurrentExecutions ?? concurrencyMaxDefault, concurrencyMaxDefault),
      environment: {
        ...config.Environment?.Variables,
        ...runtimeVariables(resource, codeDirectory, credentials, endpoints),
      },
    };
  });
