import { describe, expect, it } from 'vitest';
import { groupOfKey } from '../../../local/iam/condition-keys.ts';
import { globalConditions, serviceConditions } from '../../../local/iam/global-conditions.ts';

const accountId = '111122223333';
const call = { region: 'eu-west-1', secureTransport: true, receivedAt: new Date('2026-03-01T12:00:00.500Z') };

const of = (arn: string, more: { sourceIp?: string; headers?: ReadonlyMap<string, string> } = {}) =>
  globalConditions({ ...call, principal: { arn, accountId }, headers: new Map(), ...more });

describe('what AWS says of whoever signed', () => {
  it.each([
    [
      `arn:aws:sts::${accountId}:assumed-role/reader/session`,
      { 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/reader` },
    ],
    [
      `arn:aws:iam::${accountId}:user/team/jane`,
      {
        'aws:PrincipalType': 'User',
        'aws:PrincipalArn': `arn:aws:iam::${accountId}:user/team/jane`,
        'aws:username': 'jane',
      },
    ],
    [
      `arn:aws:iam::${accountId}:root`,
      {
        'aws:PrincipalType': 'Account',
        'aws:PrincipalArn': `arn:aws:iam::${accountId}:root`,
        'aws:userid': accountId,
      },
    ],
  ])('%s', (arn, own) => {
    expect(of(arn)).toEqual({
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ViaAWSService': 'false',
      'aws:RequestedRegion': 'eu-west-1',
      'aws:ResourceAccount': accountId,
      'aws:SecureTransport': 'true',
      'aws:CurrentTime': '2026-03-01T12:00:00.500Z',
      'aws:EpochTime': '1772366400',
      ...own,
    });
  });

  it('has the address and the headers only where the request has them', () => {
    const headers = new Map([['user-agent', 'curl/8']]);
    const conditions = of(`arn:aws:iam::${accountId}:root`, { sourceIp: '127.0.0.1', headers });
    expect(conditions).toMatchObject({ 'aws:SourceIp': '127.0.0.1', 'aws:UserAgent': 'curl/8' });
    expect(conditions['aws:Referer']).toBeUndefined();
  });
});

describe('what AWS says of a service that calls under its own name', () => {
  it('is for whom it calls, and nothing of a person or a role', () => {
    const sourceArn = 'arn:aws:s3:::documents';
    const conditions = serviceConditions({ ...call, service: 's3.amazonaws.com', account: accountId, sourceArn });
    expect(conditions).toMatchObject({
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': 's3.amazonaws.com',
      'aws:SourceAccount': accountId,
      'aws:SourceArn': sourceArn,
      'aws:ResourceAccount': accountId,
      'aws:SecureTransport': 'true',
    });
    const keys = Object.keys(conditions);
    expect(keys.filter((key) => /PrincipalArn|PrincipalType|userid|SourceIp/.test(key))).toEqual([]);
    expect(keys.filter((key) => groupOfKey(key)?.class !== 'given')).toEqual([]);
  });
});
