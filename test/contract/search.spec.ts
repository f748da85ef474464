import { openTestDatabase } from '../support/database.js';
import { describeSearch } from './search.contract.js';

describe('search on the embedded database', () => describeSearch(() => openTestDatabase()));
