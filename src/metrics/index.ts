export { MetricsModule } from './metrics.module.js';
export { countRequests } from './request-metrics.js';
