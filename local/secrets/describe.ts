import type { JsonObject } from '../template/json.ts';
import { nextRotation } from './next-rotation.ts';
import type { Secret } from './secret.ts';

const rotationFacts = (secret: Secret): JsonObject => {
  const { rotation } = secret.plan;
  const next = nextRotation(secret);
  if (rotation === undefined) return { RotationEnabled: false };
  return {
    RotationEnabled: true,
    RotationLambdaARN: rotation.functionArn,
    RotationRules: { AutomaticallyAfterDays: rotation.intervalDays },
    ...(next !== undefined && { NextRotationDate: next.getTime() / 1000 }),
  };
};

/** DescribeSecret: all but the values. `VersionIdsToStages` leaves out versions without a stage, as AWS does. */
export const describe = (secret: Secret): JsonObject => ({
  ARN: secret.plan.arn,
  Name: secret.plan.name,
  ...rotationFacts(secret),
  Tags: secret.plan.tags.map(({ Key, Value }) => ({ Key, Value })),
  VersionIdsToStages: Object.fromEntries(
    secret.versions().flatMap(({ id, stages }) => (stages.length > 0 ? [[id, stages]] : [])),
  ),
});
