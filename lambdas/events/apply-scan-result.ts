import { container } from '../runtime/container/apply-scan-result.ts';
import { scanEventsHandler } from '../runtime/scan-events-handler.ts';
import { applyScanResult } from '../usecases/apply-scan-result.ts';

const deps = container();

export const handler = scanEventsHandler(applyScanResult(deps), deps);
