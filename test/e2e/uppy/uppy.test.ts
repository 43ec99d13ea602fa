import { afterEach, describe } from 'vitest';
import { byCompanion } from './companion.ts';
import { underDashboard } from './dashboard.ts';
import { bySignRequest } from './sign-request.ts';
import { clearFaults } from './support/faults.ts';
import { sceneOfFile } from './support/scene.ts';

/** The examples, in a real browser against the local cloud. */
const scene = sceneOfFile();

afterEach(() => clearFaults(scene()));

const timeout = 120_000;

describe('Uppy 4 by the drop-in routes', { timeout }, () => byCompanion(scene, '4', 'uppy-4/index.html'));
describe('Uppy 5 by the drop-in routes', { timeout }, () => byCompanion(scene, '5', 'uppy-5/index.html'));
describe('Uppy 6 by the drop-in routes', { timeout }, () => byCompanion(scene, '6', 'uppy-6/companion.html'));
describe('Uppy 6 with requests that we sign', { timeout }, () => bySignRequest(scene));
describe('our engine under the Dashboard of Uppy 6', { timeout }, () => underDashboard(scene));
