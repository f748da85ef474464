import { Client } from 'pg';
import { SteadyClient } from './steady-client.js';

describe('a line that is lost while nobody listens', () => {
  const lost = new Error('terminating connection due to administrator command');

  it('does not end the process', () => {
    expect(new SteadyClient().emit('error', lost)).toBe(true);
    expect(() => new Client().emit('error', lost)).toThrow();
  });
});
