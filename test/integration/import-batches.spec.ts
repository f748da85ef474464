import { describeImportBatches } from '../contract/import-batches.contract.js';
import { openTestDatabase } from '../support/database.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describe('imports as batches on PostgreSQL', () => describeImportBatches(() => openTestDatabase()));
