import { CreateAuditEvents1763800000000 } from './1763800000000-CreateAuditEvents.js';
import { CreateCorpus1763800100000 } from './1763800100000-CreateCorpus.js';
import { CreateImports1763800200000 } from './1763800200000-CreateImports.js';
import { CreateRuns1763800300000 } from './1763800300000-CreateRuns.js';
import { CreateBudgetReservations1763800400000 } from './1763800400000-CreateBudgetReservations.js';
import { CreateSpend1763800500000 } from './1763800500000-CreateSpend.js';
import { CreateReuse1763800600000 } from './1763800600000-CreateReuse.js';
import { CreateVoices1763800700000 } from './1763800700000-CreateVoices.js';
import { ExtendCorpus1763800800000 } from './1763800800000-ExtendCorpus.js';
import { RankCorpus1763800810000 } from './1763800810000-RankCorpus.js';
import { KeyChatMessages1763800815000 } from './1763800815000-KeyChatMessages.js';
import { ManageCorpora1763800820000 } from './1763800820000-ManageCorpora.js';
import { SplitTimeIndex1763800830000 } from './1763800830000-SplitTimeIndex.js';
import { DurableRuns1763800900000 } from './1763800900000-DurableRuns.js';
import { QueueRuns1763801000000 } from './1763801000000-QueueRuns.js';
import { LimitRetention1763801100000 } from './1763801100000-LimitRetention.js';

/** Every migration, oldest first. */
export const migrations = [
  CreateAuditEvents1763800000000,
  CreateCorpus1763800100000,
  CreateImports1763800200000,
  CreateRuns1763800300000,
  CreateBudgetReservations1763800400000,
  CreateSpend1763800500000,
  CreateReuse1763800600000,
  CreateVoices1763800700000,
  ExtendCorpus1763800800000,
  RankCorpus1763800810000,
  KeyChatMessages1763800815000,
  ManageCorpora1763800820000,
  SplitTimeIndex1763800830000,
  DurableRuns1763800900000,
  QueueRuns1763801000000,
  LimitRetention1763801100000,
];
