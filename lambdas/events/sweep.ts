import { container } from '../runtime/container/sweep.ts';
import { sweepHandler } from '../runtime/sweep-handler.ts';

export const handler = sweepHandler(container());
