export { bindTaskId, currentRequestId, withRequestId } from './correlation.js';
export { Log, type LogFields } from './log.js';
export { Metrics } from './metrics.js';
export { NestLogger } from './nest-logger.js';
export { TelemetryModule } from './telemetry.module.js';
