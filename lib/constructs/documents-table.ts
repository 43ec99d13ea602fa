import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableIndexes, tableKeys, timeToLiveAttribute } from '../../contract/storage.ts';
import type { Environment } from '../environment.ts';
import { removalPolicy } from '../removal.ts';

export interface DocumentsTableProps {
  readonly environment: Environment;
  readonly key: IKey | undefined;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The records and their history. Not `TableV2`: that is a GlobalTable, which compliance rules do not see. */
export const documentsTable = (scope: Construct, id: string, { environment, key }: DocumentsTableProps): Table => {
  const table = new Table(scope, id, {
    partitionKey: text(tableKeys.partitionKey),
    sortKey: text(tableKeys.sortKey),
    timeToLiveAttribute,
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: environment.removal === 'retain',
    removalPolicy: removalPolicy(environment),
    ...(key === undefined
      ? { encryption: TableEncryption.AWS_MANAGED }
      : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
  });
  for (const { indexName, partitionKey, sortKey } of tableIndexes)
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  return table;
};
