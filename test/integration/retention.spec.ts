import { describeRetention } from '../contract/retention.contract.js';
import { openTestDatabase } from '../support/database.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describeRetention('PostgreSQL', openTestDatabase);
