import type { APIGatewayProxyEvent } from 'aws-lambda';
import { RefusalError } from './problem.ts';

type Query = Pick<APIGatewayProxyEvent, 'queryStringParameters' | 'multiValueQueryStringParameters'>;

/**
 * The parameters of a query. API Gateway passes on the last of those that come twice: which one was meant nobody knows,
 * and who looks at the first sees another query than we. Throws where one does.
 */
export const queryOf = ({ queryStringParameters, multiValueQueryStringParameters }: Query): object => {
  const repeated = Object.entries(multiValueQueryStringParameters ?? {}).filter(([, values = []]) => values.length > 1);
  if (repeated.length === 0) return queryStringParameters ?? {};
  const errors = repeated
    .slice(0, errorsMax)
    .map(([name]) => ({ pointer: `query:${name.slice(0, nameLengthMax)}`, detail: 'Give this parameter once.' }));
  throw new RefusalError({ kind: 'invalid-request', errors });
};

const nameLengthMax = 64;
const errorsMax = 20;
