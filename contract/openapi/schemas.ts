import * as z from 'zod/mini';
import { Problem } from '../problems.ts';
import { answersWithBody, type Route, servesFile } from '../routes.ts';
import * as companion from '../schemas/companion.ts';
import { Document } from '../schemas/document.ts';
import { DownloadLink } from '../schemas/download.ts';
import { Health } from '../schemas/health.ts';
import { History } from '../schemas/history.ts';
import { LinkRequest, OneTimeLink } from '../schemas/link.ts';
import { DocumentList } from '../schemas/list.ts';
import { MetadataPatch } from '../schemas/metadata.ts';
import { Settings } from '../schemas/settings.ts';
import { StorageStatus } from '../schemas/storage-status.ts';
import { UploadInstruction, UploadRequest } from '../schemas/upload.ts';
import { type Json, type JsonObject, pascalCase } from './json.ts';

/** Names of schemas that several routes share, or that read better by a name of their own. The rest is named by its route. */
const named: ReadonlyMap<z.ZodMiniType, string> = new Map<z.ZodMiniType, string>([
  [Problem, 'Problem'],
  [Document, 'Document'],
  [DocumentList, 'DocumentList'],
  [UploadRequest, 'UploadRequest'],
  [UploadInstruction, 'UploadInstruction'],
  [MetadataPatch, 'MetadataPatch'],
  [DownloadLink, 'DownloadLink'],
  [History, 'History'],
  [OneTimeLink, 'OneTimeLink'],
  [LinkRequest, 'LinkRequest'],
  [Health, 'Health'],
  [Settings, 'Settings'],
  [StorageStatus, 'StorageStatus'],
  [companion.FormAnswer, 'UppyForm'],
  [companion.CreateRequest, 'UppyUploadRequest'],
  [companion.CreateAnswer, 'UppyUpload'],
  [companion.PartsAnswer, 'UppyParts'],
  [companion.PartAnswer, 'UppyPart'],
  [companion.BatchAnswer, 'UppyPartBatch'],
  [companion.CompleteRequest, 'UppyCompletion'],
  [companion.CompleteAnswer, 'UppyObject'],
  [companion.NoAnswer, 'UppyNothing'],
]);

type Table = Readonly<Record<string, Route>>;

/** The component of what a route takes or answers. */
export const schemaName = (schema: z.ZodMiniType, operation: string, part: 'Request' | 'Answer'): string =>
  named.get(schema) ?? `${pascalCase(operation)}${part}`;

const registryOf = (entries: readonly (readonly [z.ZodMiniType, string])[]) => {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of entries) if (!registry.has(schema)) registry.add(schema, { id });
  return registry;
};

/** Of a component only its schema counts: its place in the document names it, and the document its dialect. */
const withoutNames = ({ $schema, $id, ...schema }: JsonObject): JsonObject => schema;

const componentsOf = (entries: readonly (readonly [z.ZodMiniType, string])[], io: 'input' | 'output'): JsonObject => {
  const { schemas } = z.toJSONSchema(registryOf(entries), { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, withoutNames(schema as unknown as JsonObject)]),
  );
};

/** Every schema of the table by its name: bodies of requests as they are sent, answers as they are given. */
export const componentSchemas = (table: Table): { readonly [name: string]: Json } => {
  const routes = Object.entries(table);
  const requests = routes.flatMap(([name, { body }]) =>
    body === undefined ? [] : [[body, schemaName(body, name, 'Request')] as const],
  );
  const answers = routes.flatMap(([name, route]) =>
    servesFile(route) || !answersWithBody(route)
      ? []
      : [[route.response.schema, schemaName(route.response.schema, name, 'Answer')] as const],
  );
  const shared = [[Problem, 'Problem'] as const, [Document, 'Document'] as const];
  return { ...componentsOf(requests, 'input'), ...componentsOf([...shared, ...answers], 'output') };
};
