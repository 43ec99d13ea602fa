import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAssembly } from '../../../local/template/assembly.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-assembly-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const write = (file: string, content: object) => {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), JSON.stringify(content));
};

const writeStage = (environment: string) => {
  write('manifest.json', {
    artifacts: {
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      'assembly-local': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-local' } },
    },
  });
  write('assembly-local/manifest.json', {
    artifacts: {
      'service.assets': { type: 'cdk:asset-manifest', properties: { file: 'service.assets.json' } },
      service: {
        type: 'aws:cloudformation:stack',
        environment,
        dependencies: ['service.assets'],
        properties: { templateFile: 'service.template.json', stackName: 'sealdrop-local-service' },
      },
    },
  });
  write('assembly-local/service.template.json', { Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
  write('assembly-local/service.assets.json', {
    files: {
      abc: {
        source: { path: '../asset.abc', packaging: 'zip' },
        destinations: { current: { bucketName: 'assets', objectKey: 'abc.zip' } },
      },
    },
  });
};

describe('a cloud assembly', () => {
  it('is read with its stages, templates and assets', () => {
    writeStage('aws://444455556666/eu-west-3');

    expect(readAssembly(directory)).toEqual([
      {
        stackName: 'sealdrop-local-service',
        account: '444455556666',
        region: 'eu-west-3',
        template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } },
        assets: new Map([['abc.zip', join(directory, 'asset.abc')]]),
      },
    ]);
  });

  it('gets an account and a region where it has none', () => {
    writeStage('aws://unknown-account/unknown-region');

    expect(readAssembly(directory)).toMatchObject([{ account: '111122223333', region: 'eu-west-1' }]);
  });

  it('that is not there is named', () => {
    expect(() => readAssembly(join(directory, 'nowhere'))).toThrow(/There is no .*nowhere.*cdk synth/);
  });
});
