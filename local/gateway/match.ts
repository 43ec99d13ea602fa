import type { RoutePlan } from './types.ts';

export interface Match {
  readonly route: RoutePlan;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const parametersOf = (pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined => {
  if (pattern.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const value = path[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === '') return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return parameters;
};

const decode = (path: string): readonly string[] | undefined => {
  try {
    return path.split('/').map((part) => decodeURIComponent(part));
  } catch (cause) {
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
};

/**
 * Finds the method of a path. Of several resources, one with fewer parameters wins, as on API Gateway; a slash at the
 * end makes no difference. Undefined where there is none, also for a path whose percent-encoding is broken.
 */
export const createMatcher = (routes: readonly RoutePlan[]) => {
  const patterns = routes
    .map((route) => ({ route, parts: route.path.split('/') }))
    .sort((a, b) => a.route.path.split('{').length - b.route.path.split('{').length);
  return (method: string, path: string): Match | undefined => {
    const parts = decode(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);
    if (parts === undefined) return undefined;
    for (const pattern of patterns) {
      const pathParameters = parametersOf(pattern.parts, parts);
      if (pathParameters !== undefined && [method, 'ANY'].includes(pattern.route.method)) {
        return { route: pattern.route, pathParameters };
      }
    }
    return undefined;
  };
};
