import { openTestDatabase } from '../support/database.js';
import { describeBulkCopy } from './bulk-copy.contract.js';

describeBulkCopy('embedded', openTestDatabase);
