import type { Random } from '../../../bench/corpus/random.js';
import type { ChaosOptions, ScenarioName } from '../options.js';
import type { Outcome } from '../report.js';

export interface ScenarioSetting {
  readonly name: ScenarioName;
  readonly options: ChaosOptions;
  readonly random: Random;
  /** Says on standard error how far it is. */
  readonly say: (text: string) => void;
}

export type Scenario = (setting: ScenarioSetting) => Promise<Outcome>;
