import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Environment } from './environment.ts';

/** What becomes of stateful resources when they leave the template. */
export const removalPolicy = ({ removal }: Environment): RemovalPolicy =>
  removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
