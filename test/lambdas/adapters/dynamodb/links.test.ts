import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoLinks } from '../../../../lambdas/adapters/dynamodb/links.ts';
import { linkTokens } from '../../../../lambdas/adapters/link-tokens.ts';
import type { Link } from '../../../../lambdas/domain/link.ts';
import type { Links } from '../../../../lambdas/ports.ts';
import { openLink } from '../../../../lambdas/usecases/open-link.ts';
import { available, spySigner } from '../../../support/callers.ts';
import { startTable } from '../../../support/dynalite.ts';
import { memoryDocuments } from '../../../support/memory-documents.ts';
import { memoryLinks } from '../../../support/memory-links.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const createdAt = '2026-11-21T10:00:00.000Z';
const expiresAt = '2026-11-22T10:00:00.000Z';
const inTime = new Date('2026-11-22T09:59:59.999Z');

const aLink = (): { token: string; link: Link } => {
  const token = linkTokens.next();
  const { tenantId, documentId } = available;
  const made = {
    createdBy: 'owner-1',
    createdByRoles: ['patient'],
    createdAt,
    expiresAt,
    disposition: 'inline',
    reason: 'Second opinion',
  } as const;
  return { token, link: { tokenHash: linkTokens.hashOf(token), tenantId, documentId, ...made } };
};

const suites: [string, () => Links][] = [
  ['in DynamoDB', () => dynamoLinks(table)],
  ['in memory', () => memoryLinks()],
];

describe.each(suites)('one-time links %s', (_where, build) => {
  const made = async () => {
    const links = build();
    const { link } = aLink();
    await links.create(link);
    const claim = (at: Date) => links.claim(link.tokenHash, at);
    return { links, link, claim };
  };

  it('are claimed once, and then tell when', async () => {
    const { link, claim } = await made();
    const used = { ...link, usedAt: inTime.toISOString(), usedBy: expect.any(String) };
    expect(await claim(inTime)).toEqual({ claimed: true, link: used });
    expect(await claim(inTime)).toEqual({ claimed: false, link: used });
  });

  it('end with their time, to the millisecond', async () => {
    const { link, claim } = await made();
    expect(await claim(new Date(expiresAt))).toEqual({ claimed: false, link });
    expect(await claim(inTime)).toMatchObject({ claimed: true });
  });

  it('are not there under any other hash', async () => {
    const { links } = await made();
    expect(await links.claim(aLink().link.tokenHash, inTime)).toBeUndefined();
  });
});

describe('a one-time link in DynamoDB', () => {
  it('is kept without its token, for thirty days after its end', async () => {
    const { token, link } = aLink();
    await dynamoLinks(table).create(link);
    const Key = { pk: `L#${link.tokenHash}`, sk: 'LINK' };
    const { Item } = await table.client.send(new GetCommand({ TableName: table.tableName, Key }));
    expect(Item).toMatchObject({ expiresAtSeconds: Date.parse('2026-12-22T10:00:00.000Z') / 1000 });
    expect(JSON.stringify(Item)).not.toContain(token);
  });

  it('is claimed by who claimed it first and lost the answer, where the call is sent again', async () => {
    const { link } = aLink();
    await dynamoLinks(table).create(link);
    const sendTwice: Pick<DynamoDBDocumentClient, 'send'> = {
      send: async (command: UpdateCommand) => {
        if (command instanceof UpdateCommand) await table.client.send(command);
        return table.client.send(command);
      },
    } as never;
    const links = dynamoLinks({ ...table, client: sendTwice as DynamoDBDocumentClient });
    expect(await links.claim(link.tokenHash, inTime)).toMatchObject({ claimed: true, link });
    expect(await dynamoLinks(table).claim(link.tokenHash, inTime)).toMatchObject({ claimed: false });
  });

  it('opens once for two hundred who open it at the same moment', async () => {
    const { token, link } = aLink();
    const links = dynamoLinks(table);
    await links.create(link);
    const { asked, signer } = spySigner();
    const documents = memoryDocuments(available);
    const open = openLink({ clock: { now: () => inTime }, links, linkTokens, documents, signer });

    const answers = await Promise.all(
      // All with one request id: a client may choose it.
      Array.from({ length: 200 }, () => open({ requestId: 'request-1', addressClass: 'unknown', params: { token } })),
    );
    expect(answers.filter((answer) => answer.ok)).toEqual([{ ok: true, redirectTo: 'https://get' }]);
    expect(answers.filter((answer) => !answer.ok && answer.failure.kind === 'link-used-up')).toHaveLength(199);
    expect(asked.get).toHaveLength(1);
    expect([...documents.appended.values()].filter(({ kind }) => kind === 'download-issued')).toHaveLength(1);
  });
});
