import {
  loadSettings,
  type ProfileFile,
  parseSettings,
  processVariables,
  readProfileFile,
  type Settings,
  variablesWith,
} from '../config/index.js';

/** What this process was told beside its command: one process is one invocation. */
export interface Invocation {
  readonly isVerbose: boolean;
  /** Whether faults and traces are told as JSON too. */
  readonly isJson: boolean;
  /** Null for commands that read no profile. */
  readonly profiles: ProfileFile | null;
}

let current: Invocation = { isVerbose: false, isJson: false, profiles: null };

export function invocation(): Invocation {
  return current;
}

export function beginInvocation(begun: Partial<Invocation>): void {
  current = { ...current, ...begun };
}

/** The file of profiles with the one in use. Throws `config.profile_*`. */
export function readProfiles(name: string | null): ProfileFile {
  return readProfileFile(processVariables(), name);
}

/** The settings of a command: environment, then profile, then defaults. Throws `ConfigError`. */
export function commandSettings(overrides: Readonly<Record<string, string>> = {}): Settings {
  const profile = current.profiles?.profile ?? null;
  if (profile === null) return loadSettings(overrides);
  return parseSettings({ ...variablesWith(processVariables(), profile), ...overrides });
}
