import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import { permissionsOf } from '../support/permissions.ts';
import { leadingKeys, tableActions } from '../support/requests.ts';
import { everyEnvironment, synthesize } from '../support/synthesize.ts';

const roles = Object.keys(functions) as FunctionName[];

/** `partition` is where a request looks: `table H`, `byDue DUE`. */
type Cell = readonly [role: FunctionName, action: string, partition: string];

const changed = (role: FunctionName): readonly Cell[] => [
  [role, 'GetItem', 'table D'],
  [role, 'PutItem', 'table H'],
  [role, 'UpdateItem', 'table D'],
];

const declared = (role: FunctionName): readonly Cell[] => [
  [role, 'GetItem', 'table D'],
  [role, 'PutItem', 'table D'],
  [role, 'GetItem', 'table I'],
  [role, 'PutItem', 'table I'],
  [role, 'GetItem', 'table Q'],
  [role, 'UpdateItem', 'table Q'],
];

const expected: readonly Cell[] = [
  ...declared('request-upload'),
  ...declared('request-uploads'),
  ['sign-parts', 'GetItem', 'table D'],
  ['list-parts', 'GetItem', 'table D'],
  ['complete-upload', 'GetItem', 'table D'],
  ['complete-upload', 'UpdateItem', 'table D'],
  ['abort-upload', 'GetItem', 'table D'],
  ['abort-upload', 'UpdateItem', 'table D'],
  ...declared('request-form'),
  ['create-upload-token', 'PutItem', 'table K'],
  ['sign-s3-request', 'GetItem', 'table D'],
  ['companion', 'GetItem', 'table D'],
  ['companion', 'PutItem', 'table D'],
  ['companion', 'UpdateItem', 'table D'],
  ['companion', 'GetItem', 'table K'],
  ['companion', 'GetItem', 'table Q'],
  ['companion', 'UpdateItem', 'table Q'],
  ['list-documents', 'BatchGetItem', 'table D'],
  ['list-documents', 'GetItem', 'table Q'],
  ['list-documents', 'Query', 'byTenant T'],
  ['list-documents', 'Query', 'byOwner T'],
  ['list-own-documents', 'BatchGetItem', 'table D'],
  ['list-own-documents', 'GetItem', 'table Q'],
  ['list-own-documents', 'Query', 'byOwner T'],
  ['list-subject-documents', 'BatchGetItem', 'table D'],
  ['list-subject-documents', 'Query', 'bySubject T'],
  ['get-document', 'GetItem', 'table D'],
  ['head-document', 'GetItem', 'table D'],
  ...changed('update-document'),
  ['issue-download', 'GetItem', 'table D'],
  ['issue-download', 'PutItem', 'table H'],
  ['create-link', 'GetItem', 'table I'],
  ['create-link', 'PutItem', 'table I'],
  ['create-link', 'GetItem', 'table D'],
  ['create-link', 'PutItem', 'table L'],
  ['open-link', 'GetItem', 'table D'],
  ['open-link', 'GetItem', 'table L'],
  ['open-link', 'UpdateItem', 'table L'],
  ['open-link', 'PutItem', 'table H'],
  ['get-history', 'GetItem', 'table D'],
  ['get-history', 'Query', 'table H'],
  ...changed('delete-document'),
  ...changed('restore-document'),
  ['restore-document', 'GetItem', 'table I'],
  ['restore-document', 'PutItem', 'table I'],
  ['get-settings', 'GetItem', 'table Q'],
  ...changed('record-upload'),
  ['record-upload', 'Query', 'table H'],
  ['record-upload', 'UpdateItem', 'table Q'],
  ...changed('apply-scan-result'),
  ['apply-scan-result', 'Query', 'table H'],
  ['apply-scan-result', 'UpdateItem', 'table Q'],
  ...changed('sweep'),
  ['sweep', 'Query', 'byDue DUE'],
  ['sweep', 'Query', 'byOwner T'],
  ['sweep', 'BatchGetItem', 'table D'],
  ['sweep', 'GetItem', 'table Q'],
  ['sweep', 'UpdateItem', 'table Q'],
  ['sweep', 'Query', 'table Q'],
];

/** The rights on the table are the same in all environments, but for keys: one of each encryption will do. */
const oneOfEach = ['s3', 'kms'].flatMap(
  (encryption) => everyEnvironment.find((environment) => environment.encryption === encryption) ?? [],
);

describe.each(synthesize(oneOfEach))('the rights on the table of $environment.name', (stage) => {
  const { decide, tableArn } = permissionsOf(stage);
  const targets = {
    table: tableArn,
    byOwner: `${tableArn}/index/byOwner`,
    bySubject: `${tableArn}/index/bySubject`,
    byTenant: `${tableArn}/index/byTenant`,
    byDue: `${tableArn}/index/byDue`,
    other: `${tableArn}2`,
  };
  const allowed = roles.flatMap((role) =>
    tableActions.flatMap((action) =>
      Object.entries(targets).flatMap(([target, arn]) =>
        leadingKeys.flatMap(([partition, keys]): readonly Cell[] =>
          decide(role, action, arn, { 'dynamodb:LeadingKeys': keys }).allowed
            ? [[role, action.replace('dynamodb:', ''), `${target} ${partition}`]]
            : [],
        ),
      ),
    ),
  );

  it('are these cells and no others, each role in the partitions it is for', () => {
    expect(allowed.map((cell) => cell.join(' ')).sort()).toEqual(expected.map((cell) => cell.join(' ')).sort());
  });

  it('say that no role may update or delete a history item, and who may append one', () => {
    const inHistory = allowed.filter(([, , partition]) => partition.includes('H'));

    expect(new Set(inHistory.map(([, action]) => action))).toEqual(new Set(['PutItem', 'Query']));
    expect(inHistory.flatMap(([role, action]) => (action === 'PutItem' ? [role] : []))).toEqual([
      'update-document',
      'issue-download',
      'open-link',
      'delete-document',
      'restore-document',
      'record-upload',
      'apply-scan-result',
      'sweep',
    ]);
  });

  it('let nobody read all of it, whatever keys a request does not name', () => {
    const without = roles.flatMap((role) =>
      ['dynamodb:Scan', 'dynamodb:PartiQLSelect', 'dynamodb:ExportTableToPointInTime'].flatMap((action) =>
        Object.values(targets).filter((arn) => decide(role, action, arn, {}).allowed),
      ),
    );

    expect(without).toEqual([]);
  });
});
