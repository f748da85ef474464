export { PipelineModule } from './pipeline.module.js';
export { RunLeaseService } from './run-lease.service.js';
