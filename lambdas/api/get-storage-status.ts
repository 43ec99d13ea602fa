import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/get-storage-status.ts';
import { getStorageStatus } from '../usecases/get-storage-status.ts';

const deps = container();

export const handler = apiHandler(routes.getStorageStatus, getStorageStatus(deps), deps);
