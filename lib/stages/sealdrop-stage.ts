import { Stage, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Bundles } from '../bundles.ts';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import { AuditStack } from '../stacks/audit-stack.ts';
import { DataStack } from '../stacks/data-stack.ts';
import { ServiceStack } from '../stacks/service-stack.ts';

export interface SealdropStageProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
}

/** One environment, whole: what has state, what serves, and what watches. */
export class SealdropStage extends Stage {
  constructor(scope: Construct, { environment, bundles }: SealdropStageProps) {
    const { name, account, region } = environment;
    super(scope, name, { env: { account, region } });
    const tags = { application: 'sealdrop', environment: name };
    const stack = (stackName: string) => ({
      environment,
      stackName: names.stack(environment, stackName),
      terminationProtection: environment.removal === 'retain',
      tags,
    });

    const data = new DataStack(this, 'data', stack('data'));
    new ServiceStack(this, 'service', { ...stack('service'), data, bundles });
    new AuditStack(this, 'audit', { ...stack('audit'), data });
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value);
  }
}
