import { Client } from 'pg';

/**
 * A line to PostgreSQL whose loss never ends the process. Pool and TypeORM hear of it while they have the line, not in
 * the moment in which one hands it to the other; whoever uses the line next is told then.
 */
export class SteadyClient extends Client {
  constructor(...settings: ConstructorParameters<typeof Client>) {
    super(...settings);
    this.on('error', () => undefined);
  }
}
