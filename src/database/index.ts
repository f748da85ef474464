export { DataFolderLock, type FolderHolder } from './data-folder.lock.js';
export { DatabaseModule } from './database.module.js';
export { databaseFault } from './database-fault.js';
export { DatabaseProbe } from './database-probe.js';
export { Notifications } from './notifications.port.js';
export { ServerAddress } from './server-address.js';
