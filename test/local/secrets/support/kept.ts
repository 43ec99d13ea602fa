import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestCloud } from '../../../support/cloud.ts';

type WithData = Pick<TestCloud, 'dataDirectory'>;

export const secretsFile = ({ dataDirectory }: WithData): string => join(dataDirectory, 'secrets.sqlite');

/** How many rotations a local cloud has finished: each makes another version the current one. */
export const countRotations = (cloud: WithData): number => {
  using database = new DatabaseSync(secretsFile(cloud), { readOnly: true, timeout: 5000 });
  const kept = database.prepare(
    `SELECT (SELECT count(*) FROM versions WHERE value IS NOT NULL) AS versions,
            (SELECT v.rowid = (SELECT max(rowid) FROM versions) FROM versions AS v
               JOIN stages AS s USING (version_id) WHERE s.stage = 'AWSCURRENT') AS finished`,
  );
  const { versions, finished } = kept.get() ?? {};
  return Number(versions) - 1 - (finished ? 0 : 1);
};
