import { describeBudgetLedger } from './budget-ledger.contract.js';

describeBudgetLedger('the embedded database');
