import { describe } from 'vitest';
import { largeSceneOfFile } from '../support/large-scene.ts';
import { interruptions } from './interruptions.ts';
import { sessions } from './sessions.ts';
import { storage } from './storage.ts';

/** Files that go up in parts, through the real page in a real browser against the local cloud. */
const scene = largeSceneOfFile();

describe('300 MiB', { timeout: 180_000 }, () => interruptions(scene));
describe('what the browser keeps', { timeout: 180_000 }, () => storage(scene));
// Last: it moves the clock of the cloud.
describe('a session that ends', { timeout: 180_000 }, () => sessions(scene));
