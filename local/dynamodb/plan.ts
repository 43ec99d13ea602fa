import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Template } from '../template/template.ts';

export type TablePlan = Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'GlobalSecondaryIndexes'> &
  Required<Pick<CreateTableCommandInput, 'TableName' | 'KeySchema'>>;

/** The tables of the template, as DynamoDB's API takes them. */
export const planTables = (template: Template): readonly TablePlan[] =>
  template.all('AWS::DynamoDB::Table').map(({ ref, config }) => ({
    TableName: ref,
    AttributeDefinitions: config.AttributeDefinitions,
    KeySchema: config.KeySchema,
    ...(config.GlobalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: config.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection: {
          ProjectionType: Projection.ProjectionType,
          ...(Projection.NonKeyAttributes && { NonKeyAttributes: Projection.NonKeyAttributes }),
        },
      })),
    }),
  }));
