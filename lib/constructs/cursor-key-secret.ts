import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnResourcePolicy, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { deny } from '../policies/statement.ts';
import { removalPolicy } from '../removal.ts';

export interface CursorKeySecretProps {
  readonly environment: Environment;
  readonly key: IKey | undefined;
}

/** The key that seals list cursors. Made by Secrets Manager, so that no template and no person ever has it. */
export class CursorKeySecret extends Construct {
  readonly secret: CfnSecret;

  constructor(scope: Construct, id: string, { environment, key }: CursorKeySecretProps) {
    super(scope, id);
    this.secret = new CfnSecret(this, 'Secret', {
      description: `Sealdrop ${environment.name}: seals list cursors`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      ...(key !== undefined && { kmsKeyId: key.keyArn }),
    });
    const policy = new CfnResourcePolicy(this, 'Policy', {
      secretId: this.secret.ref,
      blockPublicPolicy: true,
      resourcePolicy: new PolicyDocument({
        statements: [
          deny({
            sid: 'DenyPlainHttp',
            actions: ['secretsmanager:*'],
            resources: [this.secret.ref],
            conditions: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      }),
    });
    for (const resource of [this.secret, policy]) resource.applyRemovalPolicy(removalPolicy(environment));
  }
}
