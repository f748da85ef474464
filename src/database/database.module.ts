import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseConfig } from '../config/index.js';
import { Clock } from '../shared/index.js';
import { Log, TelemetryModule } from '../telemetry/index.js';
import { BulkCopy } from './bulk-copy.js';
import { DatabaseProbe } from './database-probe.js';
import { Notifications } from './notifications.port.js';
import { type OpenDatabase, openDatabase } from './open-database.js';
import { ServerAddress } from './server-address.js';

const OPEN_DATABASE = Symbol('OpenDatabase');

@Module({
  imports: [TelemetryModule],
  providers: [
    { provide: OPEN_DATABASE, useFactory: openDatabase, inject: [DatabaseConfig, Clock, Log] },
    { provide: DataSource, useFactory: (open: OpenDatabase) => open.dataSource, inject: [OPEN_DATABASE] },
    { provide: BulkCopy, useFactory: (open: OpenDatabase) => open.bulkCopy, inject: [OPEN_DATABASE] },
    DatabaseProbe,
    {
      provide: Notifications,
      useFactory: (open: OpenDatabase) => open.notifications,
      inject: [OPEN_DATABASE],
    },
    {
      provide: ServerAddress,
      useFactory: (open: OpenDatabase) => new ServerAddress(open.folderLock),
      inject: [OPEN_DATABASE],
    },
  ],
  exports: [DataSource, BulkCopy, DatabaseProbe, Notifications, ServerAddress],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(OPEN_DATABASE) private readonly open: OpenDatabase) {}

  /** The last hook of a shutdown: whoever writes has written by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.open.close();
  }
}
