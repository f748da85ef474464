import { describeExports } from '../contract/export.contract.js';
import { openTestDatabase } from '../support/database.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describe('exports from PostgreSQL', () => describeExports(() => openTestDatabase()));
