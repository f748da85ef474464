import { describeBackgroundAnalysis } from '../contract/background-analysis.contract.js';
import { openTestDatabase } from '../support/database.js';

describe('analysis in the background on PostgreSQL', () =>
  describeBackgroundAnalysis(() => openTestDatabase()));
