import { InvalidArgumentError, Option } from 'commander';
import { CORPORA, SCOPES, type Scope } from '../shared/index.js';

/** Whose corpora a command without MCG_TOKEN works on. */
export const userOption = () =>
  new Option('--user-id <id>', 'whose corpora, where MCG_TOKEN does not say it').default('local');

export const corpusOption = () => new Option('--corpus <name>', 'which corpus').choices(CORPORA);

export const formatOption = (choices: readonly string[]) =>
  new Option('--format <form>', 'form of what is printed').choices(choices).default(choices[0]);

/** `--json` is `--format json`. */
export const jsonOption = () => new Option('--json', 'the same as --format json').implies({ format: 'json' });

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

export function scopeList(text: string): Scope[] {
  const wanted = text.split(/[\s,]+/).filter(Boolean);
  const unknown = wanted.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (wanted.length === 0 || unknown.length > 0)
    throw new InvalidArgumentError(`Known scopes: ${SCOPES.join(', ')}.`);
  return wanted as Scope[];
}
