import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { SecretPlan } from './plan.ts';
import { inTransaction } from './store.ts';

export const current = 'AWSCURRENT';
export const pending = 'AWSPENDING';
const previous = 'AWSPREVIOUS';

/** "Secrets Manager … retains 100 versions" of those that have no stage (quotas of the user guide). */
const unstagedVersionsMax = 100;

export interface SecretVersion {
  readonly id: string;
  /** Undefined where a rotation has begun it and not yet given it one. */
  readonly value: string | undefined;
  readonly createdAt: Date;
  readonly stages: readonly string[];
}

/** One secret of the template with its versions, generated where it has none yet. */
export interface Secret {
  readonly plan: SecretPlan;
  /** Oldest first. */
  versions(): readonly SecretVersion[];
  version(id: string): SecretVersion | undefined;
  staged(stage: string): SecretVersion | undefined;
  /** Makes a version, or fills the one that a rotation began, and moves the stages to it. */
  put(id: string, value: string | undefined, stages: readonly string[]): void;
  /** To no version: takes the stage away. What AWSCURRENT leaves becomes AWSPREVIOUS. */
  moveStage(stage: string, toVersionId: string | undefined): void;
  /** From when the days until the next rotation count; undefined where the schedule is new. */
  countedFrom(): Date | undefined;
  countFrom(time: Date): void;
}

const statements = (database: DatabaseSync) => ({
  versions: database.prepare('SELECT * FROM versions WHERE secret_arn = ? ORDER BY created_at, rowid'),
  stages: database.prepare('SELECT stage, version_id FROM stages WHERE secret_arn = ? ORDER BY stage'),
  put: database.prepare(
    `INSERT INTO versions (secret_arn, version_id, value, created_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
  ),
  attach: database.prepare(
    `INSERT INTO stages (secret_arn, stage, version_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET version_id = excluded.version_id`,
  ),
  detach: database.prepare('DELETE FROM stages WHERE secret_arn = ? AND stage = ?'),
  prune: database.prepare(
    `DELETE FROM versions WHERE rowid IN (
       SELECT rowid FROM versions AS v WHERE secret_arn = ?
         AND NOT EXISTS (SELECT 1 FROM stages AS s WHERE s.secret_arn = v.secret_arn AND s.version_id = v.version_id)
       ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ${unstagedVersionsMax})`,
  ),
  countedFrom: database.prepare('SELECT counted_from FROM rotations WHERE secret_arn = ?'),
  countFrom: database.prepare(
    `INSERT INTO rotations (secret_arn, counted_from) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET counted_from = excluded.counted_from`,
  ),
});

export const openSecret = (plan: SecretPlan, database: DatabaseSync, clock: Clock): Secret => {
  const sql = statements(database);
  const { arn } = plan;

  const versions = (): readonly SecretVersion[] => {
    const stages = sql.stages.all(arn);
    return sql.versions.all(arn).map(({ version_id: id, value, created_at: createdAt }) => ({
      id: String(id),
      value: value === null ? undefined : String(value),
      createdAt: new Date(Number(createdAt)),
      stages: stages.flatMap(({ stage, version_id }) => (version_id === id ? [String(stage)] : [])),
    }));
  };
  const staged = (stage: string) => versions().find(({ stages }) => stages.includes(stage));

  const move = (stage: string, toVersionId: string | undefined): void => {
    const from = staged(stage)?.id;
    if (from === toVersionId) return;
    if (toVersionId === undefined) sql.detach.run(arn, stage);
    else sql.attach.run(arn, stage, toVersionId);
    if (stage === current && from !== undefined) sql.attach.run(arn, previous, from);
  };
  const put: Secret['put'] = (id, value, stages) =>
    inTransaction(database, () => {
      sql.put.run(arn, id, value ?? null, clock.now().getTime());
      for (const stage of stages) move(stage, id);
      sql.prune.run(arn);
    });

  if (staged(current) === undefined) put(randomUUID(), plan.generate(), [current]);
  return {
    plan,
    versions,
    version: (id) => versions().find((version) => version.id === id),
    staged,
    put,
    moveStage: (stage, toVersionId) => inTransaction(database, () => move(stage, toVersionId)),
    countedFrom: () => {
      const row = sql.countedFrom.get(arn);
      return row && new Date(Number(row.counted_from));
    },
    countFrom: (time) => void sql.countFrom.run(arn, time.getTime()),
  };
};
