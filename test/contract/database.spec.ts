import { openTestDatabase } from '../support/database.js';
import { describeDatabase } from './database.contract.js';

describeDatabase('embedded', openTestDatabase);
