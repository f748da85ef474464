import { describeVoiceStore } from '../contract/voice-store.contract.js';
import { openTestDatabase } from '../support/database.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describe('the store of voices on PostgreSQL', () => describeVoiceStore(() => openTestDatabase()));
