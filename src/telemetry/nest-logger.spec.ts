import { AppError } from '../shared/index.js';
import { Log } from './log.js';
import { NestLogger } from './nest-logger.js';

describe('NestLogger', () => {
  it("keeps Nest's routine below info and passes its warnings and errors on", () => {
    const lines: string[] = [];
    const log = new Log(
      { logLevel: 'info', environment: 'test' },
      { write: (line) => void lines.push(line) },
    );
    const logger = new NestLogger(log);
    logger.log('Mapped {/query, POST} route', 'RouterExplorer');
    logger.warn('deprecated', 'Nest');
    logger.error(new Error('boom'), undefined, 'ExceptionsHandler');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'warn', message: 'deprecated', context: 'Nest' }),
      expect.objectContaining({
        level: 'error',
        context: 'ExceptionsHandler',
        err: expect.objectContaining({ message: 'boom' }),
      }),
    ]);
  });

  it('leaves what stops the start to whoever tells it in words for a person', () => {
    const lines: string[] = [];
    const log = new Log(
      { logLevel: 'info', environment: 'test' },
      { write: (line) => void lines.push(line) },
    );
    const logger = new NestLogger(log);
    logger.error(new AppError('database.in_use', 'conflict', 'In use.'), undefined, 'ExceptionHandler');
    logger.error(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }), undefined, 'NestApplication');
    expect(lines).toEqual([]);
  });
});
