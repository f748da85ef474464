import { openTestDatabase } from '../support/database.js';
import { describeCorpusStore } from './corpus-store.contract.js';

describe('the corpus store on the embedded database', () => describeCorpusStore(() => openTestDatabase()));
