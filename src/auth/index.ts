export { AuthModule } from './auth.module.js';
export { type AuthenticatedRequest, CurrentActor, Public, Scopes } from './decorators.js';
export { OwnerPolicy } from './owner-policy.js';
export { type MintRequest, mintToken, TokenService } from './token.service.js';
