import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

const HELP = `
It prints a script for your shell; mcg-agent must be on the PATH.

Examples:
  source <(mcg-agent completion bash)                                   # in ~/.bashrc
  source <(mcg-agent completion zsh)                                    # in ~/.zshrc, after compinit
  mcg-agent completion fish > ~/.config/fish/completions/mcg-agent.fish`;

/** Adds `completion SHELL`, and `complete`, which its scripts call. Knows the commands that are there already. */
export function completionCommands(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
  const command = program.commands.find((each) => each.name() === 'completion');
  command
    ?.description('print a script that lets your shell complete commands and options')
    .addHelpText('after', HELP);
}
