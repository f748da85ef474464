import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from '../app.module.js';
import { packageInfo, type Settings } from '../config/index.js';
import { registerImportParsers } from '../corpus/index.js';
import { countRequests } from '../metrics/index.js';
import { SystemIds } from '../shared/index.js';
import { Log, Metrics, NestLogger } from '../telemetry/index.js';
import { acceptConstraint } from './accept-constraint.js';
import { limitConnections } from './connections.js';
import { inputValidation } from './input-validation.js';
import { malformedRequestHandler, refuseAddress } from './malformed-request.js';
import { serveOpenApi } from './open-api.js';
import { type Doors, keepToProbes } from './probes-only.js';
import { ProblemFilter } from './problem.filter.js';
import { requestIdMaker, trackRequests } from './request-context.js';
import { StreamingAdapter } from './streaming.adapter.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** The whole application, ready to listen. Opens the database and brings its schema up to date on the way. */
export async function createApp(settings: Settings, doors: Doors = 'all'): Promise<NestFastifyApplication> {
  const log = new Log(settings.telemetry);
  const ids = new SystemIds();
  const adapter = new StreamingAdapter({
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { constraints: { accept: acceptConstraint } },
    genReqId: requestIdMaker(ids),
    frameworkErrors: refuseAddress,
    clientErrorHandler: malformedRequestHandler(ids),
    // An open keep-alive connection must not hold up a shutdown.
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(settings), adapter, {
    logger: new NestLogger(log),
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  trackRequests(fastify, log);
  countRequests(fastify, app.get(Metrics));
  if (doors === 'probes') keepToProbes(fastify);
  limitConnections(fastify, () => adapter.endStreams());
  registerImportParsers(fastify);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalPipes(inputValidation());
  serveOpenApi(app, packageInfo().version);
  await app.init();
  await fastify.ready();
  return app;
}
