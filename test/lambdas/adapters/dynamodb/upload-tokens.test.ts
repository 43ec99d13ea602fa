import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoUploadTokens } from '../../../../lambdas/adapters/dynamodb/upload-tokens.ts';
import { linkTokens } from '../../../../lambdas/adapters/link-tokens.ts';
import type { UploadTokens } from '../../../../lambdas/ports.ts';
import { owner } from '../../../support/callers.ts';
import { startTable } from '../../../support/dynalite.ts';
import { memoryUploadTokens } from '../../../support/memory-upload-tokens.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const aGrant = () => {
  const token = linkTokens.next();
  return {
    token,
    grant: { tokenHash: linkTokens.hashOf(token), ...owner, expiresAt: '2026-11-21T11:00:00.500Z' },
  };
};

const suites: [string, () => UploadTokens][] = [
  ['in DynamoDB', () => dynamoUploadTokens(table)],
  ['in memory', () => memoryUploadTokens()],
];

describe.each(suites)('upload tokens %s', (_where, build) => {
  it('are found as they were given, under their hash and under no other', async () => {
    const tokens = build();
    const [{ grant }, other] = [aGrant(), aGrant()];
    await tokens.create(grant);
    expect(await tokens.find(grant.tokenHash)).toEqual(grant);
    expect(await tokens.find(other.grant.tokenHash)).toBeUndefined();
  });
});

describe('an upload token in DynamoDB', () => {
  it('is kept without the token, until it has ended', async () => {
    const { token, grant } = aGrant();
    await dynamoUploadTokens(table).create(grant);
    const Key = { pk: `K#${grant.tokenHash}`, sk: 'UPLOAD-TOKEN' };
    const { Item } = await table.client.send(new GetCommand({ TableName: table.tableName, Key }));
    expect(Item).toMatchObject({ expiresAtSeconds: Date.parse('2026-11-21T11:00:01.000Z') / 1000 });
    expect(JSON.stringify(Item)).not.toContain(token);
  });
});
