export { ConfigModule } from './config.module.js';
export { ConfigError } from './config-error.js';
export { loadSettings, parseSettings } from './load-settings.js';
export { isLoopbackUrl } from './loopback.js';
export { type PackageInfo, packageInfo } from './package-info.js';
export * from './settings.js';
