export { BulkCopy } from './bulk-copy.js';
export { DataFolderLock, type FolderHolder } from './data-folder.lock.js';
export { DatabaseModule } from './database.module.js';
export { databaseFault } from './database-fault.js';
export { type DatabaseInspection, inspectDatabase } from './database-inspection.js';
export { DatabaseProbe } from './database-probe.js';
export { Notifications } from './notifications.port.js';
export { ServerAddress } from './server-address.js';
