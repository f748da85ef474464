import { describeDurableRuns } from '../contract/durable-runs.contract.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describeDurableRuns('PostgreSQL');
