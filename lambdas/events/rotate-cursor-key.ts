import { container } from '../runtime/container/rotate-cursor-key.ts';
import { secretRotationHandler } from '../runtime/secret-rotation-handler.ts';
import { rotateCursorKey } from '../usecases/rotate-cursor-key.ts';

const deps = container();

export const handler = secretRotationHandler(rotateCursorKey(deps), deps);
