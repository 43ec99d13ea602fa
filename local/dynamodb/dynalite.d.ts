/** What is used of dynalite 4, which ships no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** A folder for LevelDB. @default - in memory */
    readonly path?: string;
    /** How long a new table stays in CREATING. */
    readonly createTableMs?: number;
  }

  export default function dynalite(options?: Options): Server;
}
