import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { beforeAll, describe, expect, it } from 'vitest';
import { aSecret, createTestSecretsManager } from './support/server.ts';

const rotation = {
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
  intervalDays: 90,
  immediately: true,
};
const plan = aSecret('cursor-key', { rotation });
const other = aSecret('other');
const manager = createTestSecretsManager(plan, other);
const SecretId = plan.arn;

beforeAll(() => manager.start());

const get = (more: { VersionId?: string; VersionStage?: string } = {}, id = SecretId) =>
  manager.client().send(new GetSecretValueCommand({ SecretId: id, ...more }));
const put = (SecretString: string, ClientRequestToken = randomUUID(), VersionStages?: string[]) =>
  manager.client().send(
    new PutSecretValueCommand({
      SecretId,
      SecretString,
      ClientRequestToken,
      ...(VersionStages && { VersionStages }),
    }),
  );
const move = (MoveToVersionId?: string, RemoveFromVersionId?: string, VersionStage = 'AWSCURRENT') =>
  manager.client().send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage,
      ...(MoveToVersionId !== undefined && { MoveToVersionId }),
      ...(RemoveFromVersionId !== undefined && { RemoveFromVersionId }),
    }),
  );
const currentId = async () => (await get()).VersionId ?? '';

describe('a secret', () => {
  it('has one value of its own from the start, by ARN and by name, and keeps it through a restart', async () => {
    const first = await get();
    expect(first).toMatchObject({ ARN: SecretId, Name: 'cursor-key', VersionStages: ['AWSCURRENT'] });
    expect(first.CreatedDate).toEqual(manager.clock.now());
    expect((await get({}, 'cursor-key')).SecretString).toBe(first.SecretString);
    expect((await get({}, other.arn)).SecretString).not.toBe(first.SecretString);

    await manager.start();
    expect((await get()).SecretString).toBe(first.SecretString);
  });

  it('gets a new value, and the one before is the previous', async () => {
    const before = await get();
    const { VersionId, VersionStages } = await put('new value');
    expect(VersionStages).toEqual(['AWSCURRENT']);
    expect(await get()).toMatchObject({ VersionId, SecretString: 'new value' });
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: before.SecretString });
    expect(await get({ VersionId: before.VersionId ?? '' })).toMatchObject({ VersionStages: ['AWSPREVIOUS'] });
  });

  it('takes a value once: the same again changes nothing, another under the same token is refused', async () => {
    const token = randomUUID();
    await put('once', token, ['AWSPENDING']);
    expect(await put('once', token, ['AWSPENDING'])).toMatchObject({ VersionId: token });
    await expect(put('twice', token, ['AWSPENDING'])).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect(await get({ VersionStage: 'AWSPENDING' })).toMatchObject({ VersionId: token, SecretString: 'once' });
    expect(await currentId()).not.toBe(token);
  });

  it('moves a stage only from the version that has it', async () => {
    const [token, current] = [randomUUID(), await currentId()];
    await put('next', token, ['AWSPENDING']);
    for (const from of [undefined, token, randomUUID()])
      await expect(move(token, from)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(move(randomUUID(), current)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(move(undefined, current)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await currentId()).toBe(current);

    await move(token, current);
    expect(await get()).toMatchObject({ VersionId: token, VersionStages: ['AWSCURRENT', 'AWSPENDING'] });
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ VersionId: current });

    await move(undefined, token, 'AWSPENDING');
    expect(await get()).toMatchObject({ VersionStages: ['AWSCURRENT'] });
  });

  it('tells of its versions and its rotation, and of no value', async () => {
    const current = await currentId();
    const described = await manager.client().send(new DescribeSecretCommand({ SecretId }));
    expect(described).toMatchObject({
      ARN: SecretId,
      Name: 'cursor-key',
      RotationEnabled: true,
      RotationLambdaARN: rotation.functionArn,
      RotationRules: { AutomaticallyAfterDays: 90 },
      Tags: [{ Key: 'team', Value: 'documents' }],
    });
    expect(described.VersionIdsToStages?.[current]).toEqual(['AWSCURRENT']);
    expect(JSON.stringify(described)).not.toContain((await get()).SecretString);

    const staged = await manager.client().send(new ListSecretVersionIdsCommand({ SecretId }));
    const all = await manager.client().send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true }));
    expect(staged.Versions?.every(({ VersionStages }) => VersionStages?.length)).toBe(true);
    expect(all.Versions?.length).toBeGreaterThan(staged.Versions?.length ?? 0);
  });

  it('keeps a hundred versions that have no stage, and no more', async () => {
    for (let count = 0; count < 104; count += 1) await put(`value ${count}`);
    const all = await manager.client().send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true }));
    expect(all.Versions?.filter(({ VersionStages }) => !VersionStages?.length)).toHaveLength(100);
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'value 102' });
  });

  it.each<[string, { VersionId?: string; VersionStage?: string }, string, string]>([
    ['a stage that is on no version', { VersionStage: 'AWSNONE' }, SecretId, 'ResourceNotFoundException'],
    ['a version that is not there', { VersionId: randomUUID() }, SecretId, 'ResourceNotFoundException'],
    ['a secret that is not there', {}, 'none', 'ResourceNotFoundException'],
    ['a version id that is too short', { VersionId: 'a' }, SecretId, 'ValidationException'],
    ['an empty name', {}, '', 'ValidationException'],
  ])('is not told for %s', async (_, more, id, name) => {
    await expect(get(more, id)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  it('is not told for a version under a stage it has not', async () => {
    const request = { VersionId: await currentId(), VersionStage: 'AWSPREVIOUS' };
    await expect(get(request)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
