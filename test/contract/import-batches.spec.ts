import { openTestDatabase } from '../support/database.js';
import { describeImportBatches } from './import-batches.contract.js';

describe('imports as batches on the embedded database', () =>
  describeImportBatches(() => openTestDatabase()));
