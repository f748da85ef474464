import { openEmbeddedTestDatabase } from '../support/database.js';
import { describeRetention } from './retention.contract.js';

describeRetention('the embedded database', openEmbeddedTestDatabase);
