import { WriteSteps } from './write-steps.js';

function stepsOf(...statements: readonly string[]): (string | null)[] {
  const steps = new WriteSteps();
  return statements.map((statement) => steps.next(statement));
}

describe('WriteSteps', () => {
  it('tells of a transaction at its commit, of a write alone at once, and of a read never', () => {
    expect(
      stepsOf(
        'START TRANSACTION',
        `SELECT task_id FROM runs WHERE task_id = $1 FOR SHARE`,
        `UPDATE runs SET state = 'queued' WHERE task_id = $1`,
        'INSERT INTO journal_entries (task_id) SELECT $1',
        'COMMIT',
        `UPDATE runs SET\n    state = 'running' WHERE task_id = $1`,
        'SELECT * FROM runs',
      ),
    ).toEqual([
      null,
      null,
      null,
      null,
      'UPDATE runs SET state, INSERT INTO journal_entries',
      'UPDATE runs SET state',
      null,
    ]);
  });

  it('forgets what is taken back', () => {
    const taken = ['BEGIN', `UPDATE runs SET state = 'failed' WHERE true`, 'ROLLBACK', 'BEGIN', 'COMMIT'];
    expect(stepsOf(...taken)).toEqual([null, null, null, null, null]);
  });

  it('leaves out what goes by the clock, and what is of no run', () => {
    expect(
      stepsOf(
        'UPDATE runs SET lease_expires_at = now() WHERE true',
        'UPDATE runs SET attempts = attempts + 1 WHERE true',
        `INSERT INTO documents (id) VALUES ($1)`,
        'DELETE FROM journal_entries WHERE task_id = ANY($1)',
      ),
    ).toEqual([null, null, null, null]);
  });
});
