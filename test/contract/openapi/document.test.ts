import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../contract/openapi/document.ts';
import { problemKindOf, problemKinds } from '../../../contract/problems.ts';
import { commonProblems, type Route, routes } from '../../../contract/routes.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { readonly headers?: object; readonly content?: Readonly<Record<string, Content>> }>
  >;
}

interface Content {
  readonly schema: { readonly $ref?: string };
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>;
}

const document = openApiDocument() as unknown as {
  readonly servers: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly examples: Readonly<
      Record<string, { readonly value: { readonly type: string; readonly status: number; readonly title: string } }>
    >;
    readonly securitySchemes: Readonly<Record<string, { readonly type: string }>>;
  };
};

const operationOf = ({ path, method }: Route): Operation => {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${method} ${path} is not described.`);
  return operation;
};

const table = Object.entries<Route>(routes);

describe('the OpenAPI document', () => {
  it('is what docs/openapi.json says: npm run openapi writes it', () => {
    const written = readFileSync(join(import.meta.dirname, '../../../docs/openapi.json'), 'utf8');

    expect(written).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('has the routes of the table, each once and by its name, and no others', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
  });

  it('leads to the API it was found at, whatever stage or base path', () => {
    expect(document.servers).toMatchObject([{ url: '.' }]);
  });

  it('refers to parts that it has, and has none that nothing refers to', () => {
    const refs = new Set(JSON.stringify(document).match(/#\/components\/[^"]+/g));
    const parts = Object.entries(document.components).flatMap(([kind, byName]) =>
      kind === 'securitySchemes' ? [] : Object.keys(byName).map((name) => `#/components/${kind}/${name}`),
    );

    expect([...refs].sort()).toEqual(parts.sort());
  });
});

describe.each(table)('%s', (_name, route) => {
  const operation = operationOf(route);

  it('asks for its scopes, or for nothing where it is public', () => {
    expect(operation.security).toEqual(route.isPublic ? [] : [{ signIn: route.scopes }, { bearer: [] }]);
  });

  it('shows every problem it answers with, with type, status and title', () => {
    const shown = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.values(content['application/problem+json']?.examples ?? {}).map(({ $ref }) => {
        const { value } = document.components.examples[$ref.split('/').at(-1) ?? ''] ?? {};
        expect(value?.status).toBe(Number(status));
        return problemKindOf(value ?? { type: '' });
      }),
    );

    const expected = [...route.problems, ...commonProblems].filter(
      (kind) =>
        !route.isPublic || ((route.byUploadToken ? true : kind !== 'unauthenticated') && kind !== 'insufficient-scope'),
    );
    // An answer to a HEAD has no body, so no problem in it.
    if (route.method === 'HEAD') {
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(expected.map((kind) => `${problemKinds[kind].status}`)),
      );
      return;
    }
    expect(shown.sort()).toEqual([...expected].sort());
    for (const kind of expected) expect(document.components.examples[kind]?.value).toMatchObject(problemKinds[kind]);
  });

  it('has the parameters of its path and the headers that the table speaks of', () => {
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');

    expect(inPath.map(({ name }) => name)).toEqual(named);
    expect(inPath.every(({ required }) => required)).toBe(true);
    expect(operation.parameters.some(({ name, required }) => name === 'If-Match' && required)).toBe(
      route.needsIfMatch === true,
    );
    expect(operation.requestBody !== undefined).toBe(route.body !== undefined);
  });
});

describe('the security schemes', () => {
  it('are of the installation', () => {
    const issuer = 'https://login.example.org/';
    const client = { authorizationUrl: `${issuer}a`, tokenUrl: `${issuer}t`, clientId: 'docs' };
    const schemesOf = (signIn: Parameters<typeof openApiDocument>[0]) =>
      (openApiDocument(signIn) as unknown as typeof document).components.securitySchemes;

    expect(schemesOf({ issuer })).toMatchObject({
      signIn: { type: 'openIdConnect', openIdConnectUrl: `${issuer}.well-known/openid-configuration` },
      bearer: { type: 'http', scheme: 'bearer' },
    });
    expect(schemesOf({ issuer, client })).toMatchObject({
      signIn: {
        type: 'oauth2',
        'x-client-id': 'docs',
        flows: {
          authorizationCode: { authorizationUrl: `${issuer}a`, tokenUrl: `${issuer}t` },
          clientCredentials: { tokenUrl: `${issuer}t` },
        },
      },
    });
  });
});
