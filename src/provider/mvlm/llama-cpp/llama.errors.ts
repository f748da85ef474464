import { AppError } from '../../../shared/index.js';

/** The version the engine is tried with. */
const PACKAGE = 'node-llama-cpp@3.22.1';

/** The optional package is not installed, or has no binary for this machine. */
export function engineMissing(cause?: unknown): AppError {
  const message = 'MVLM_BACKEND=llama-cpp needs the package node-llama-cpp, which cannot be loaded here.';
  return new AppError('provider.engine_missing', 'internal', message, {
    hint: `Run \`npm install ${PACKAGE}\` in the folder of this application, or set MVLM_BACKEND=extractive.`,
    cause,
  });
}

/** The file that MVLM_MODEL_PATH names cannot be used; `reason` says why and names no folder. */
export function modelUnusable(reason: string, cause?: unknown): AppError {
  return new AppError('provider.model_unusable', 'internal', `The model file cannot be used: ${reason}.`, {
    hint: 'Set MVLM_MODEL_PATH to a complete GGUF file that this process may read, or MVLM_BACKEND=extractive.',
    cause,
  });
}

/** The thread ended, or failed at one text. */
export function engineFailed(reason: string): AppError {
  return new AppError('provider.unreachable', 'unavailable', `The local model did not answer: ${reason}.`, {
    hint: 'Repeat the request; if it stays so, the memory of this machine may be too small for the model.',
    retryable: true,
  });
}

/** Not even one snippet fits beside the rules and the request. */
export function contextExceeded(contextTokens: number): AppError {
  const message = `The request does not fit into the model's context of ${contextTokens} tokens.`;
  return new AppError('provider.rejected', 'bad_gateway', message, {
    hint: 'Ask for less at once, or set MVLM_CONTEXT_TOKENS higher where the model and the memory allow it.',
    details: { reason: 'context_exceeded' },
  });
}
