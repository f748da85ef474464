import { openTestDatabase } from '../support/database.js';
import { describeExports } from './export.contract.js';

describe('exports from the embedded database', () => describeExports(() => openTestDatabase()));
