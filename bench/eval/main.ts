import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSettings, packageInfo } from '../../src/config/index.js';
import { DataFolder } from './data-set.js';
import { EvalDatabase } from './eval-database.js';
import { type EvalRow, evalTable, type Split } from './eval-row.js';
import { evaluateGrounding } from './measures/grounding.eval.js';
import { evaluateHostileInputs } from './measures/hostile.eval.js';
import { evaluateImports } from './measures/imports.eval.js';
import { evaluateKeyphrases } from './measures/keyphrase.eval.js';
import { evaluateKnownItems } from './measures/known-item.eval.js';
import { evaluateRetrieval } from './measures/retrieval.eval.js';
import { evaluatePersonalData, evaluatePlantedInstructions } from './measures/safety.eval.js';
import { evaluateSummaries } from './measures/summary.eval.js';
import { evaluateTone } from './measures/tone.eval.js';
import { evaluateVoice } from './measures/voice.eval.js';

const MEASURES = [
  'retrieval',
  'known-items',
  'safety',
  'summary',
  'keyphrases',
  'grounding',
  'voice',
  'tone',
  'imports',
  'hostile',
] as const;

const STORING_MEASURES = ['retrieval', 'known-items', 'imports'] as const;

/** Those that need nothing but the texts of their data sets. */
const TEXT_MEASURES: Readonly<Partial<Record<(typeof MEASURES)[number], (data: DataFolder) => EvalRow[]>>> = {
  keyphrases: evaluateKeyphrases,
  grounding: evaluateGrounding,
  voice: evaluateVoice,
  tone: evaluateTone,
};

const USAGE = `Usage: npm run eval -- [options]
  --data DIR            folder of data sets; a small one of our own when left out
  --split SPLIT         dev (default) or heldout: the part that is read
  --only MEASURE        ${MEASURES.join(' | ')}; may be given several times
  --max-documents N     of the known-item sets, store only the first N documents
  --ablate              retrieval and known items again without each sign of relevance
  --database-url URL    PostgreSQL server (default DATABASE_URL); none: the embedded database
  --json                an array of rows instead of the table`;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      split: { type: 'string', default: 'dev' },
      only: { type: 'string', multiple: true, default: [...MEASURES] },
      'max-documents': { type: 'string', default: '1000000' },
      'database-url': { type: 'string' },
      ablate: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const stranger = values.only.find((each) => !MEASURES.some((measure) => measure === each));
  if (stranger !== undefined) throw new TypeError(`--only must be ${MEASURES.join(', ')}, not "${stranger}"`);
  if (!isSplit(values.split)) throw new TypeError(`--split must be dev or heldout, not "${values.split}"`);
  const maxDocuments = Number(values['max-documents']);
  if (!(Number.isSafeInteger(maxDocuments) && maxDocuments > 0))
    throw new TypeError(`--max-documents must be a whole number above 0`);
  const databaseUrl = values['database-url'] ?? loadSettings().database.url;
  return { ...values, split: values.split, maxDocuments, databaseUrl };
}

function isSplit(text: string): text is Split {
  return text === 'dev' || text === 'heldout';
}

async function evaluate(options: ReturnType<typeof readOptions>): Promise<EvalRow[]> {
  const folder = options.data ?? join(packageInfo().root, 'bench', 'eval', 'sample');
  const data = new DataFolder(folder, options.split);
  const wants = (measure: (typeof MEASURES)[number]) => options.only.includes(measure);
  const rows: EvalRow[] = [];
  rows.push(...(await evaluateStored(options, data)));
  if (wants('safety')) rows.push(...evaluatePersonalData(data), ...evaluatePlantedInstructions(data));
  if (wants('hostile')) rows.push(...(await evaluateHostileInputs(data)));
  if (wants('summary')) rows.push(...(await evaluateSummaries(data)));
  for (const [measure, evaluateTexts] of Object.entries(TEXT_MEASURES))
    if (options.only.includes(measure)) rows.push(...evaluateTexts(data));
  if (rows.length === 0) throw new TypeError(`${folder} holds no data set of the split "${options.split}"`);
  return options.data === undefined ? rows.map(ofSample) : rows;
}

/** Those that store documents in a database of their own. */
async function evaluateStored(options: ReturnType<typeof readOptions>, data: DataFolder): Promise<EvalRow[]> {
  const wants = (measure: (typeof MEASURES)[number]) => options.only.includes(measure);
  if (!STORING_MEASURES.some(wants)) return [];
  const database = await EvalDatabase.open(options.databaseUrl);
  try {
    return [
      ...(wants('retrieval') ? await evaluateRetrieval(data, database, options.ablate) : []),
      ...(wants('known-items')
        ? await evaluateKnownItems(data, database, options.maxDocuments, options.ablate)
        : []),
      ...(wants('imports') ? await evaluateImports(data, database) : []),
    ];
  } finally {
    await database.close();
  }
}

/** Our own few lines show that the command works; figures of the real sets say nothing beside them. */
function ofSample(row: EvalRow): EvalRow {
  return { ...row, dataset: `sample of the form ${row.dataset}`, floor: null, reference: null };
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(`${USAGE}\n`);
  else {
    const rows = await evaluate(options);
    process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${evalTable(rows)}\n`);
  }
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
