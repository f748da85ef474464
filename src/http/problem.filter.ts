import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log } from '../telemetry/index.js';
import { asAppError, problemOf } from './problem.js';
import { sendProblem } from './problem-reply.js';

/** The one place where an error becomes a response. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const fault = asAppError(error);
    const problem = problemOf(fault, request.id);
    if (problem.status === 500) this.log.error('http.internal_error', fault.cause ?? error);
    else this.log.debug('http.problem', { code: fault.code, status: problem.status });
    if (reply.sent) return;
    sendProblem(reply, fault, request.id);
  }
}
