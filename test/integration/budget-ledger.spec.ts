import { describeBudgetLedger } from '../contract/budget-ledger.contract.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describeBudgetLedger('PostgreSQL');
