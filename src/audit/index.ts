export { AuditModule } from './audit.module.js';
export { type AuditEvent, AuditLog } from './audit-log.js';
export { AuditRemovalRepository } from './audit-removal.repository.js';
