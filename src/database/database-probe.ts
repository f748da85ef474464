import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Says whether the database answers, for health checks. */
@Injectable()
export class DatabaseProbe {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Resolves when the database has answered; rejects with the driver's error otherwise. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}
