import { Uppy as Uppy4 } from '@uppy/core';
import { SealdropUploader, type SealdropUploaderOptions } from '../../../../client/uppy/index.ts';
import { Uppy as Uppy5 } from '../../../../examples/uppy-5/node_modules/@uppy/core/lib/index.js';
import { Uppy as Uppy6 } from '../../../../examples/uppy-6/node_modules/@uppy/core/lib/index.js';

type WithUploader = (options: SealdropUploaderOptions) => Uppy6;

/** What tests use of a core is the same in all; that `use` of each takes the plugin, the compiler says here. */
const asOne = (uppy: Uppy4 | Uppy5 | Uppy6): Uppy6 => uppy as unknown as Uppy6;

const quiet = { logger: { debug: () => undefined, warn: () => undefined, error: () => undefined } };

/** The versions of Uppy's core that people have, each with our uploader. */
export const cores: readonly (readonly [version: string, make: WithUploader])[] = [
  [Uppy4.VERSION, (options) => asOne(new Uppy4(quiet).use(SealdropUploader, options))],
  [Uppy5.VERSION, (options) => asOne(new Uppy5(quiet).use(SealdropUploader, options))],
  [Uppy6.VERSION, (options) => asOne(new Uppy6(quiet).use(SealdropUploader, options))],
];

/** Applications give metadata and answers types of their own. */
export const typedByApplication = (options: SealdropUploaderOptions) =>
  new Uppy6<{ caseNumber: string }, { documentId: string }>(quiet).use(SealdropUploader, options);

/** The newest, without an uploader. */
export const bareCore = () => new Uppy6<Record<string, unknown>, Record<string, unknown>>(quiet);
