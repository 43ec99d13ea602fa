import { describe, expect, it } from 'vitest';
import { scanVerdicts } from '../../../contract/states.ts';
import { scanResultEvent } from '../../../local/guardduty/scan-result.ts';

const plan = {
  arn: 'arn:aws:guardduty:us-east-1:111122223333:malware-protection-plan/b4c7f464ab3a4EXAMPLE',
  bucketName: 'amzn-s3-demo-bucket',
  prefixes: [],
  roleArn: 'arn:aws:iam::111122223333:role/scanner',
  tags: true,
};
const version = {
  key: 'APKAEIBAERJR2EXAMPLE',
  eTag: 'ASIAI44QH8DHBEXAMPLE',
  versionId: 'd41d8cd98f00b204e9800998eEXAMPLE',
};

describe('the event of a scan', () => {
  it('has the shape of the sample in the user guide', () => {
    expect(scanResultEvent(plan, version, { status: 'NO_THREATS_FOUND', threats: [] })).toEqual({
      source: 'aws.guardduty',
      detailType: 'GuardDuty Malware Protection Object Scan Result',
      resources: ['arn:aws:guardduty:us-east-1:111122223333:malware-protection-plan/b4c7f464ab3a4EXAMPLE'],
      detail: {
        schemaVersion: '1.0',
        scanStatus: 'COMPLETED',
        resourceType: 'S3_OBJECT',
        s3ObjectDetails: {
          bucketName: 'amzn-s3-demo-bucket',
          objectKey: 'APKAEIBAERJR2EXAMPLE',
          eTag: 'ASIAI44QH8DHBEXAMPLE',
          versionId: 'd41d8cd98f00b204e9800998eEXAMPLE',
          s3Throttled: false,
        },
        scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND', threats: null },
      },
    });
  });

  it('names the threats', () => {
    const { detail } = scanResultEvent(plan, version, { status: 'THREATS_FOUND', threats: ['EICAR-Test-File'] });
    expect(detail.scanResultDetails).toEqual({
      scanResultStatus: 'THREATS_FOUND',
      threats: [{ name: 'EICAR-Test-File' }],
    });
  });

  it('tells with each verdict whether there was a scan', () => {
    const scanStatuses = scanVerdicts.map((status) => {
      const { detail } = scanResultEvent(plan, version, { status, threats: [] });
      return `${status}: ${detail.scanStatus}`;
    });
    expect(scanStatuses).toEqual([
      'NO_THREATS_FOUND: COMPLETED',
      'THREATS_FOUND: COMPLETED',
      'UNSUPPORTED: SKIPPED',
      'ACCESS_DENIED: SKIPPED',
      'FAILED: FAILED',
    ]);
  });
});
