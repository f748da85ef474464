import { AppError } from '../shared/index.js';

/** A policy that cannot be used. Thrown at start-up only: a process without a sound policy does not start. */
export function policyInvalid(file: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    'governance.policy_invalid',
    'internal',
    `The policy is not usable: ${file}: ${reason}`,
    {
      hint: 'Correct the file, or unset GOVERNANCE_POLICY_DIR to use the built-in policy.',
      details: { file, reason },
      cause,
    },
  );
}
