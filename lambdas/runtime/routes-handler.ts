import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Route } from '../../contract/routes.ts';

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Several routes as one Lambda function: the gateway says which resource was called, and how. */
export const routesHandler = (handlers: readonly (readonly [route: Route, handler: Handler])[]): Handler => {
  const byCall = new Map(handlers.map(([{ method, path }, handler]) => [`${method} ${path}`, handler]));
  return (event, context) => {
    const handler = byCall.get(`${event.httpMethod} ${event.resource}`);
    if (handler === undefined) throw new Error('The gateway sent a call that this function has no route for.');
    return handler(event, context);
  };
};
