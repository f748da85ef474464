import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../../auth/index.js';
import { AdmissionService, type Caller } from './admission.service.js';

type Request = AuthenticatedRequest & { readonly raw: IncomingMessage };

/**
 * Holds a handler back until its owner's turn: `@UseInterceptors(AdmissionGuard)`. An interceptor, not a guard of
 * Nest, because a place is free again when the work ends, not when the caller hangs up, and only an interceptor sees
 * that; it also runs after every guard, so that who is refused has never waited.
 */
@Injectable()
export class AdmissionGuard implements NestInterceptor {
  constructor(private readonly admission: AdmissionService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { actor, raw } = http.getRequest<Request>();
    if (!actor) throw new Error('no actor on a route that waits its turn');
    const caller = new HttpCaller(raw, http.getResponse<{ readonly raw: ServerResponse }>().raw);
    return from(this.admission.hold(actor.userId, caller, () => lastValueFrom(next.handle())));
  }
}

class HttpCaller implements Caller {
  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {}

  /** A pipelined response that waits behind another one is never told that its line is gone, so the line is asked. */
  isGone(): boolean {
    return this.response.destroyed || this.request.socket.destroyed;
  }

  whenGone(listener: () => void): () => void {
    this.response.once('close', listener);
    return () => this.response.off('close', listener);
  }
}
