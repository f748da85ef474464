export { AdmissionGuard } from './admission/admission.guard.js';
export { PipelineModule } from './pipeline.module.js';
