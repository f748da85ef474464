import { describeAuditLog } from '../contract/audit-log.contract.js';
import { describeDatabase } from '../contract/database.contract.js';
import { openTestDatabase } from '../support/database.js';

describeDatabase('PostgreSQL', openTestDatabase);
// One connection: work that asks for a second one inside a transaction waits for ever, and shows.
describeDatabase('PostgreSQL through a pool of one', () => openTestDatabase(1));
describeAuditLog('PostgreSQL', openTestDatabase);
