export {
  type ClientProfile,
  type ProfileFile,
  profilePath,
  readProfileFile,
  variablesWith,
} from './client-profile.js';
export { ConfigModule } from './config.module.js';
export { ConfigError, type ConfigProblem } from './config-error.js';
export { inspectSettings, loadSettings, parseSettings, processVariables } from './load-settings.js';
export { isLoopbackUrl } from './loopback.js';
export { type PackageInfo, packageInfo } from './package-info.js';
export * from './settings.js';
