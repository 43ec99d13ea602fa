import { multipartRoutes } from '../../../contract/routes/multipart.ts';
import { type Route, type RouteName, routes } from '../../../contract/routes.ts';
import { drawCaller } from './callers.ts';
import { type JsonSchema, nearlyValid, valid } from './json-schema.ts';
import { schemasOf } from './openapi.ts';
import type { Draw } from './random.ts';
import { oddText, prototypeNames, textOf } from './texts.ts';
import { routeNames, type World } from './world.ts';

/** Stands for everything secret that a request carries. No answer may hold it. */
export const canary = 'CANARY-c2VjcmV0';

/** How a client of Companion names what it uploads. */
export interface UppyUpload {
  readonly key: string;
  readonly uploadId: string;
}

/** What answers gave out, for others to try: cursors of lists, tokens, documents in parts, and uploads of Uppy's. */
export interface GivenOut {
  readonly uppy: readonly UppyUpload[];
  readonly uploadTokens: readonly string[];
  readonly uploads: readonly string[];
  readonly cursors: readonly string[];
  readonly tokens: readonly string[];
}

export interface FuzzRequest {
  readonly route: RouteName;
  /** The id in its path, where it has one. */
  readonly documentId: string | undefined;
  readonly event: object;
}

const schemas = new Map(routeNames.map((name) => [name, schemasOf(routes[name])]));

/** Texts that are no JSON, or JSON of a kind that parsers choke on. */
const oddBody = (draw: Draw, body: string): string =>
  draw.pick([
    () => body.slice(0, draw.below(body.length + 1)),
    () => `${body}${body}`,
    () => `\ufeff${body}`,
    () => oddText(draw),
    () => '['.repeat(30_000),
    () => `{"title":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
    () => `{"${draw.pick(prototypeNames)}":{"roles":"admin"},${body.slice(1)}`,
    () => `{"fileName":"a","fileName":"b",${body.slice(1)}`,
    () => JSON.stringify({ title: textOf(draw, 65_536) }),
    () => draw.pick(['', ' ', 'null', '0', '""', '[]', '{}', 'NaN', "{'a': 1}", '{"a":1,}', '"\\ud800"']),
  ])();

const bodyOf = (schema: JsonSchema, draw: Draw): string => {
  const value = draw.chance(0.3) ? valid(schema, draw) : nearlyValid(schema, draw);
  const body = JSON.stringify(value) ?? 'null';
  return draw.chance(0.12) ? oddBody(draw, body) : body;
};

const oddTags = ['*', '"2.r1.m0"', 'W/"2.r1.m0"', '"', '""', 'x', '"a", "b"', ',,,', '"é"', `"${'x'.repeat(5000)}"`];

const headersOf = (draw: Draw): Record<string, string> => ({
  Authorization: `Bearer ${canary}`,
  Cookie: `session=${canary}`,
  ...(draw.chance(0.9) && { 'Content-Type': 'application/json' }),
  ...(draw.chance(0.05) && {
    'content-type': draw.pick([
      'text/plain',
      'application/json; charset=x',
      '',
      'multipart/form-data',
      'application/merge-patch+json',
    ]),
  }),
  ...(draw.chance(0.4) && { 'If-Match': draw.pick(oddTags) }),
  ...(draw.chance(0.2) && { 'If-None-Match': draw.pick(oddTags) }),
  ...(draw.chance(0.3) && {
    'Idempotency-Key': draw.pick(['k', '"k"', '', 'a b', oddText(draw), 'x'.repeat(256), textOf(draw, 255)]),
  }),
  ...(draw.chance(0.5) && {
    Origin: draw.pick(['https://app.example.org', 'https://evil.example', 'null', '', oddText(draw)]),
  }),
});

/** As the gateway hands parameters over: as texts, whatever they are. */
const textsOf = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    ]),
  );

const queryOf = (schema: JsonSchema, cursors: readonly string[], draw: Draw): Record<string, string> | null => {
  if (draw.chance(0.3)) return null;
  const drawn = draw.chance(0.5) ? valid(schema, draw) : nearlyValid(schema, draw);
  const query = Object.entries(typeof drawn === 'object' && drawn !== null ? drawn : { [oddText(draw)]: drawn });
  const texts = textsOf(Object.fromEntries(query));
  if (cursors.length === 0 || schema.properties?.cursor === undefined || draw.chance(0.5)) return texts;
  const cursor = draw.pick(cursors);
  const changed = draw.pick([
    cursor,
    cursor.slice(0, draw.below(cursor.length)),
    `${cursor}A`,
    cursor.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    cursor.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    [...cursor].toReversed().join(''),
  ]);
  return { ...texts, cursor: changed };
};

const documentIdOf = ({ ids, missing }: World, draw: Draw): string =>
  draw.pick([
    ...[draw.pick(ids.own), draw.pick(ids.own), draw.pick(ids.own)],
    ...[draw.pick(ids.colleague), draw.pick(ids.foreign), missing()],
    draw.pick([
      '',
      '.',
      '..',
      '../x',
      '%2e%2e',
      `${draw.pick(ids.own)}\n`,
      draw.pick(ids.own).toUpperCase(),
      oddText(draw),
    ]),
  ]);

/** What Companion's routes need to get anywhere: an upload that began, and where it stands in the path a token. */
const namedBy = (schema: JsonSchema, { uppy, uploadTokens }: GivenOut, draw: Draw) => {
  const has = (name: string) => schema.properties?.[name] !== undefined;
  const upload = has('uploadId') && uppy.length > 0 && draw.chance(0.7) ? draw.pick(uppy) : undefined;
  const token = has('uploadToken') && uploadTokens.length > 0 && draw.chance(0.7) ? draw.pick(uploadTokens) : undefined;
  return {
    params: { ...(upload && { uploadId: upload.uploadId }), ...(token && { uploadToken: token }) },
    query: upload && { key: upload.key },
  };
};

/** A request that any stranger might send, as the gateway would hand it over. */
export const drawRequest = (world: World, given: GivenOut, draw: Draw): FuzzRequest => {
  const { cursors, tokens, uploads } = given;
  const route = draw.pick(routeNames);
  const { method, body, params }: Route = routes[route];
  const schema = schemas.get(route);
  const drawn = valid(schema?.params ?? {}, draw);
  const isOfDocument = schema?.params.properties?.documentId !== undefined;
  // Who gives an upload up spoils it for all others.
  const isOfUpload =
    (route in multipartRoutes || route === 'signS3Request') && draw.chance(route === 'abortUpload' ? 0.1 : 0.7);
  const documentId = isOfUpload
    ? draw.pick([...world.uploads, ...uploads])
    : isOfDocument
      ? documentIdOf(world, draw)
      : undefined;
  const isOfLink = schema?.params.properties?.token !== undefined && tokens.length > 0 && draw.chance(0.5);
  const token = isOfLink ? { token: draw.pick(tokens) } : {};
  const named = namedBy(schema?.params ?? {}, given, draw);
  const path =
    params === undefined
      ? null
      : {
          ...textsOf(drawn as object),
          ...(documentId !== undefined && { documentId }),
          ...token,
          ...named.params,
        };
  const query = queryOf(schema?.query ?? {}, cursors, draw);
  return {
    route,
    documentId,
    event: {
      httpMethod: method,
      headers: headersOf(draw),
      body: body !== undefined || draw.chance(0.05) ? bodyOf(schema?.body ?? {}, draw) : null,
      isBase64Encoded: false,
      pathParameters: path,
      queryStringParameters: named.query ? { ...query, ...named.query } : query,
      resource: routes[route].path,
      requestContext: {
        path: `/live${routes[route].path}`,
        domainName: 'api.example.com',
        identity: { sourceIp: draw.pick(['203.0.113.7', '::1', '', null]) },
        authorizer: drawCaller(draw),
      },
    },
  };
};
