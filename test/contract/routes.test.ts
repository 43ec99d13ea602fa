import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { functions } from '../../contract/functions.ts';
import { commonProblems, type Route, routes } from '../../contract/routes.ts';

const table = Object.entries<Route>(routes);

describe('the route table', () => {
  it('has each method and path once', () => {
    const keys = table.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(table)(
    '%s is served by a function of the contract and opened by a scope, or by nothing where it is public',
    (_name, route) => {
      expect(Object.keys(functions)).toContain(route.function);
      expect(route.scopes.length > 0).toBe(!route.isPublic);
    },
  );

  it('opens to anybody these and no others', () => {
    expect(table.flatMap(([name, { isPublic, byUploadToken }]) => (isPublic && !byUploadToken ? [name] : []))).toEqual([
      'openLink',
      'getHealth',
      'getOpenApi',
      'getDocs',
      'getDocsFile',
      'getProblemPage',
    ]);
  });

  it('opens to who has an upload token what Uppy needs to upload, and nothing else', () => {
    const named = table.filter(([, { byUploadToken }]) => byUploadToken);
    expect(
      named.every(([, { isPublic, isCompanion, path }]) => isPublic && isCompanion && path.startsWith('/u/')),
    ).toBe(true);
    expect(named.map(([, { method, path }]) => `${method} ${path.replace('/u/{uploadToken}', '')}`)).toEqual(
      table.flatMap(([, { isCompanion, isPublic, method, path }]) =>
        isCompanion && !isPublic ? [`${method} ${path}`] : [],
      ),
    );
  });

  it.each(table)('%s has a schema for exactly the parameters of its path', (_name, { path, params }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const schema: { properties?: object } = params === undefined ? {} : z.toJSONSchema(params);
    expect(Object.keys(schema.properties ?? {})).toEqual(named);
  });

  // What Uppy sends beside what is read, nobody can take out of it.
  it.each(table.filter(([, { isCompanion }]) => !isCompanion))('%s takes no unknown fields', (_name, route) => {
    for (const schema of [route.body, route.query, route.params].filter((part) => part !== undefined)) {
      const { oneOf = [], ...plain } = z.toJSONSchema(schema, { io: 'input' });
      for (const { additionalProperties } of oneOf.length > 0 ? oneOf : [plain])
        expect(additionalProperties).toBe(false);
    }
  });

  it.each(table)('%s names each of its problems once, and none that all routes have', (_name, { problems }) => {
    expect(new Set([...problems, ...commonProblems]).size).toBe(problems.length + commonProblems.length);
  });
});
