import { describe } from 'vitest';
import { changingOnesMind } from './journeys/changing-ones-mind.ts';
import { everyone } from './journeys/everyone.ts';
import { mainJob } from './journeys/main-job.ts';
import { malware } from './journeys/malware.ts';
import { trouble } from './journeys/trouble.ts';
import { sceneOfFile } from './support/scene.ts';

/** Journeys through the real page in a real browser against the local cloud; each uses people of its own. */
const scene = sceneOfFile();

describe('the main job', { timeout: 120_000 }, () => mainJob(scene));
describe('everyone', { timeout: 120_000 }, () => everyone(scene));
// Before trouble: it begins with an empty list.
describe('changing one’s mind', { timeout: 120_000 }, () => changingOnesMind(scene));
describe('trouble', { timeout: 120_000 }, () => trouble(scene));
// Last: it moves the clock of the cloud.
describe('malware', { timeout: 120_000 }, () => malware(scene));
