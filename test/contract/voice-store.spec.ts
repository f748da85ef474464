import { openTestDatabase } from '../support/database.js';
import { describeVoiceStore } from './voice-store.contract.js';

describe('the store of voices on the embedded database', () => describeVoiceStore(() => openTestDatabase()));
