import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AuditLog } from '../audit/index.js';
import { AppError, type Scope } from '../shared/index.js';
import { type AuthenticatedRequest, PUBLIC_KEY, SCOPES_KEY } from './decorators.js';

/** Decides may: the actor needs one of the route's scopes; a route that names none is shut. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditLog,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride(PUBLIC_KEY, targets)) return true;
    const required = this.reflector.getAllAndOverride<Scope[] | undefined>(SCOPES_KEY, targets) ?? [];
    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    if (request.actor?.scopes.some((scope) => required.includes(scope))) return true;
    const resource = `${request.method} ${request.routeOptions.url}`;
    this.audit.record({
      actor: request.actor?.userId ?? 'unknown',
      action: 'scope.deny',
      resource,
      outcome: 'denied',
      details: { required },
    });
    throw new AppError(
      'auth.scope_missing',
      'forbidden',
      `${resource} needs the scope ${required.join(' or ')}.`,
      {
        hint: 'Use a token whose `scope` claim holds it.',
      },
    );
  }
}
