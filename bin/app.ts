import { App } from 'aws-cdk-lib/core';
import { bundleFunctions } from '../lib/bundles.ts';
import { selectEnvironments } from '../lib/selection.ts';
import { SealdropStage } from '../lib/stages/sealdrop-stage.ts';

const app = new App();
const bundles = bundleFunctions();
for (const environment of selectEnvironments((key) => app.node.tryGetContext(key))) {
  new SealdropStage(app, { environment, bundles });
}
