import { openTestDatabase } from '../support/database.js';
import { describeBackgroundAnalysis } from './background-analysis.contract.js';

describe('analysis in the background on the embedded database', () =>
  describeBackgroundAnalysis(() => openTestDatabase()));
