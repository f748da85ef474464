import { type Command, InvalidArgumentError, Option } from 'commander';
import { CORPORA, SCOPES, type Scope, SystemClock } from '../shared/index.js';
import { invocation } from './invocation.js';

/** Whose corpora a command without MCG_TOKEN works on; left out: MCG_USER_ID or the profile's `user_id`. */
export const userOption = () =>
  new Option('--user-id <id>', 'whose corpora, where MCG_TOKEN does not say it (default: local)');

export const corpusOption = () => new Option('--corpus <name>', 'which corpus').choices(CORPORA);

export const ownerOption = () => new Option('--owner <id>', 'another owner, as an admin');

export const formatOption = (choices: readonly string[]) =>
  new Option('--format <form>', 'form of what is printed').choices(choices).default(choices[0]);

/** `--json` is `--format json`. */
export const jsonOption = () => new Option('--json', 'the same as --format json').implies({ format: 'json' });

/** The options of a command that prints text or JSON of a user's things. */
export function withCommonOptions(command: Command, choices: readonly string[] = ['text', 'json']): Command {
  return command.addOption(userOption()).addOption(formatOption(choices)).addOption(jsonOption());
}

/** Fills in what neither a flag nor a variable said and the profile does. */
export function applyProfile(command: Command): void {
  const profile = invocation().profiles?.profile;
  for (const name of ['format', 'corpus'] as const) {
    const value = profile?.[name];
    const option = command.options.find((each) => each.attributeName() === name);
    const isFree = [undefined, 'default'].includes(command.getOptionValueSource(name));
    if (!value || !option || !isFree || !option.argChoices?.includes(value)) continue;
    command.setOptionValueWithSource(name, option.variadic ? [value] : value, 'config');
  }
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

const UNITS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 24 * 7, y: 24 * 365 };

/** A moment in ISO 8601, from a date or time, or from how long ago it was: `30d`, `12h`, `6w`, `1y`. */
export function moment(text: string): string {
  const ago = /^(\d{1,5})([hdwy])$/.exec(text.trim());
  const now = new SystemClock().now().getTime();
  const time = ago
    ? new Date(now - Number(ago[1]) * UNITS[ago[2]!]! * 3_600_000)
    : new Date(/^\d{4}-\d{2}/.test(text) ? text : Number.NaN);
  if (!Number.isNaN(time.getTime()) && time.getUTCFullYear() > 0) return time.toISOString();
  throw new InvalidArgumentError('It must be a date such as 2026-01-31, or how long ago: 12h, 30d, 6w, 1y.');
}

/** A date, or how long ago, as the API reads it: the same words on the same day are the same question. */
export function sinceWords(text: string): string {
  if (/^[1-9]\d{0,4}[dwy]$/.test(text)) return text;
  if (/^\d+h$/.test(text)) throw new InvalidArgumentError('It counts in days: 30d, 6w, 1y, or a date.');
  return moment(text);
}

/** An option that may be given several times. */
export function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export function scopeList(text: string): Scope[] {
  const wanted = text.split(/[\s,]+/).filter(Boolean);
  const unknown = wanted.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (wanted.length === 0 || unknown.length > 0)
    throw new InvalidArgumentError(`Known scopes: ${SCOPES.join(', ')}.`);
  return wanted as Scope[];
}
