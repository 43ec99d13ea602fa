import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../contract/openapi/document.ts';

/** Writes docs/openapi.json anew. A test fails where it is not what the route table says. */
const path = join(import.meta.dirname, '..', 'docs', 'openapi.json');
writeFileSync(path, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
