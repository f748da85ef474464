import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Actor, Scope } from '../shared/index.js';

export const PUBLIC_KEY = 'mcg:public';
export const SCOPES_KEY = 'mcg:scopes';

/** A request after `JwtAuthGuard` has let it pass. */
export interface AuthenticatedRequest {
  actor?: Actor;
}

/** Opens a route to callers without a token. */
export const Public = () => SetMetadata(PUBLIC_KEY, true);

/** The scopes that open a route; one of them is enough. A route without this and without `@Public` stays shut. */
export const Scopes = (...scopes: Scope[]) => SetMetadata(SCOPES_KEY, scopes);

/** The actor the token speaks for. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new Error('no actor on a route that asks for one');
  return actor;
});
