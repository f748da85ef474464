import { CommanderError } from 'commander';
import { ConfigError } from '../config/index.js';
import { EXIT, exitCodeOf, explain } from '../exit.js';
import { AppError } from '../shared/index.js';
import { invocation } from './invocation.js';
import { nextStep } from './next-step.js';
import { paint } from './terminal/paint.js';
import { printable } from './terminal/text-columns.js';

/** Says on standard error what went wrong and what to do, as text or as one JSON document, and returns the exit code. */
export function reportFailure(error: unknown, isJson: boolean): number {
  const code = error instanceof CommanderError ? EXIT.usage : exitCodeOf(error);
  process.stderr.write(isJson ? `${JSON.stringify(problemOf(error, code))}\n` : `${textOf(error)}\n`);
  return code;
}

/** Says on standard error what should be seen to, and goes on. */
export function reportWarning(warning: string): void {
  const text = invocation().isJson
    ? JSON.stringify({ warning })
    : `${paint('warning', 'warning:', process.stderr)} ${printable(warning)}`;
  process.stderr.write(`${text}\n`);
}

/** Says on standard error what one may want to know beside the result. */
export function reportNotice(notice: string): void {
  process.stderr.write(invocation().isJson ? `${JSON.stringify({ notice })}\n` : `${printable(notice)}\n`);
}

function textOf(error: unknown): string {
  const advice = error instanceof AppError ? nextStep(error) : undefined;
  return printable(explain(error, advice)).replace(/^error:/, paint('bad', 'error:', process.stderr));
}

/** The names are those of the API's problem documents. */
function problemOf(error: unknown, exitCode: number): Readonly<Record<string, unknown>> {
  if (error instanceof CommanderError)
    return {
      code: 'cli.usage',
      detail: error.message.replace(/^error: /, ''),
      hint: 'Add --help for the options.',
      exit_code: exitCode,
    };
  if (error instanceof ConfigError)
    return {
      code: 'config.invalid',
      detail: 'The configuration is not usable.',
      hint: 'Change the variables in `problems`; .env.example lists every variable.',
      problems: error.problems,
      exit_code: exitCode,
    };
  if (!(error instanceof AppError))
    return { code: 'cli.internal', detail: explain(error), exit_code: exitCode };
  const { code, message, taskId, details } = error;
  return {
    ...details,
    code,
    detail: message,
    hint: nextStep(error),
    ...(taskId !== undefined && { task_id: taskId }),
    exit_code: exitCode,
  };
}
