/** A part of an OpenAPI document: plain JSON. */
export type JsonObject = { readonly [name: string]: Json };

export type Json = string | number | boolean | null | JsonObject | readonly Json[];

export const schemaRef = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** `requestUpload` as a type is called: `RequestUpload`. */
export const pascalCase = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
