import { openTestDatabase } from '../support/database.js';
import { describeAuditLog } from './audit-log.contract.js';

describeAuditLog('embedded', openTestDatabase);
