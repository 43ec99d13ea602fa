import type { Environment } from '../../../lib/environment.ts';
import { environments } from '../../../lib/environments.ts';

const [dev] = environments;
if (!dev) throw new Error('There is no environment to vary.');

/** What dev would be with uploads that take the nearest edge. */
export const accelerated: Environment = { ...dev, name: 'accelerated', transferAcceleration: true };

/** What dev would be without a scanner. */
export const unscanned: Environment = { ...dev, name: 'unscanned', scanner: 'none' };
