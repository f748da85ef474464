const MAX_README_LINES = 60;
const HEADINGS = ['Purpose', 'Door', 'Depends on', 'Flow', 'Settings', 'Decisions'];

/** What is wrong with a module's README; null stands for a missing file. */
export function readmeBreaches(readme: string | null): string[] {
  if (readme === null) return ['no README.md'];
  const breaches: string[] = [];
  const lines = readme.trimEnd().split('\n').length;
  if (lines > MAX_README_LINES) breaches.push(`${lines} lines`);
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map((match) => match[1]!.trim());
  if (headings.join() !== HEADINGS.join()) breaches.push(`headings are ${headings.join(', ') || 'missing'}`);
  const decisions = readme.split(/^## Decisions$/m)[1] ?? '';
  if (!/\b\d{4}-\d{2}-\d{2}\b/.test(decisions)) breaches.push('no dated decision');
  return breaches;
}

/** Migrations that are not listed, listed out of order, or named unlike their file. */
export function migrationBreaches(fileNames: readonly string[], index: string): string[] {
  const expected = fileNames.filter((name) => name !== 'index.ts').sort();
  const badNames = expected.filter((name) => !/^\d{13}-[A-Z][a-z]+[A-Z]\w*\.ts$/.test(name));
  const imported = [...index.matchAll(/from '\.\/(.+)\.js'/g)].map((match) => `${match[1]}.ts`);
  const list = /export const migrations[^=]*=\s*\[([^\]]*)\]/.exec(index)?.[1] ?? '';
  const listed = list
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const classes = expected.map((name) => name.replace(/^(\d+)-(\w+)\.ts$/, '$2$1'));
  return [
    ...badNames.map((name) => `${name} is not named <epoch>-VerbNoun.ts`),
    ...expected.filter((name) => !imported.includes(name)).map((name) => `${name} is not imported`),
    ...(listed.join() === classes.join()
      ? []
      : [`listed ${listed.join(', ')} but the files are ${classes.join(', ')}`]),
  ];
}
