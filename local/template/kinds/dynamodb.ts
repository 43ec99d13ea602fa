import * as z from 'zod/mini';
import { arn, emulated, noEffect, notRun, physicalName } from '../kind.ts';

const tableName = physicalName('TableName', 255);

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const Projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.optional(z.array(z.string())),
});

/**
 * AWS::DynamoDB::Table. Expiry by TTL is late by hours on AWS and must drive nothing, so it is left out here; recovery,
 * encryption and protection are AWS's alone.
 */
export const dynamodbTable = emulated({
  ref: tableName,
  attributes: { Arn: arn('dynamodb', (context) => `table/${tableName(context)}`) },
  properties: z.strictObject({
    TableName: z.optional(z.string()),
    AttributeDefinitions: z.array(
      z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    KeySchema,
    GlobalSecondaryIndexes: z._default(
      z.array(
        z.strictObject({
          IndexName: z.string(),
          KeySchema,
          Projection,
          ContributorInsightsSpecification: noEffect,
          OnDemandThroughput: noEffect,
        }),
      ),
      [],
    ),
    BillingMode: z.literal('PAY_PER_REQUEST'),
    ContributorInsightsSpecification: noEffect,
    DeletionProtectionEnabled: notRun('whoever may delete the data folder may delete the table'),
    OnDemandThroughput: notRun('nothing is throttled'),
    PointInTimeRecoverySpecification: notRun('there is no recovery of an earlier state'),
    SSESpecification: notRun('data lies in the data folder as it is'),
    TableClass: noEffect,
    Tags: noEffect,
    TimeToLiveSpecification: notRun('no item expires'),
  }),
});
