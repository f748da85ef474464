import { describeSearch } from '../contract/search.contract.js';
import { openTestDatabase } from '../support/database.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describe('search on PostgreSQL', () => describeSearch(() => openTestDatabase()));
