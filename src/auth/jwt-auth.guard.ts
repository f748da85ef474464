import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AuditLog } from '../audit/index.js';
import { AppError } from '../shared/index.js';
import { type AuthenticatedRequest, PUBLIC_KEY } from './decorators.js';
import { TokenService } from './token.service.js';

/** Decides who: a route is shut unless it is public or the request carries a valid token. */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenService,
    private readonly audit: AuditLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(PUBLIC_KEY, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    try {
      request.actor = await this.tokens.verify(bearerToken(request.headers.authorization));
      return true;
    } catch (error) {
      this.audit.record({
        actor: 'unknown',
        action: 'login.refuse',
        resource: `${request.method} ${request.routeOptions.url}`,
        outcome: 'denied',
        details: { code: error instanceof AppError ? error.code : 'internal' },
      });
      throw error;
    }
  }
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (token !== undefined) return token;
  throw new AppError('auth.token_missing', 'unauthenticated', 'This request carries no bearer token.', {
    hint: 'Send the header Authorization: Bearer <token>. `mcg-agent mint-token --help` makes one.',
  });
}
