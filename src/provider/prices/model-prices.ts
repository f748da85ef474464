import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../shared/index.js';
import type { TokenUsage } from '../text-generation.port.js';

/** What a model costs, in US dollars for a million tokens. */
export interface ModelPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

/** The day of the price list that the built-in prices are taken from; `MODEL_PRICES_FILE` replaces what has changed since. */
export const PRICES_TAKEN_ON = '2026-03-21';

const BUILT_IN: Readonly<Record<string, ModelPrice>> = {
  'gpt-4.1': { inputUsd: 2, outputUsd: 8 },
  'gpt-4.1-mini': { inputUsd: 0.4, outputUsd: 1.6 },
  'gpt-4.1-nano': { inputUsd: 0.1, outputUsd: 0.4 },
  'gpt-4o': { inputUsd: 2.5, outputUsd: 10 },
  'gpt-4o-mini': { inputUsd: 0.15, outputUsd: 0.6 },
  'gpt-5': { inputUsd: 1.25, outputUsd: 10 },
  'gpt-5-mini': { inputUsd: 0.25, outputUsd: 2 },
  'gpt-5-nano': { inputUsd: 0.05, outputUsd: 0.4 },
  'gpt-5.1': { inputUsd: 1.25, outputUsd: 10 },
  o3: { inputUsd: 2, outputUsd: 8 },
  'o4-mini': { inputUsd: 1.1, outputUsd: 4.4 },
};

const dollars = z.number().nonnegative();
const fileSchema = z.record(z.string().min(1), z.strictObject({ inputUsd: dollars, outputUsd: dollars }));

/** What calls cost, by model. */
export class ModelPrices {
  constructor(private readonly prices: ReadonlyMap<string, ModelPrice>) {}

  /** Millionths of a US dollar, fractions included; null where the model's price is not known. */
  costOf(model: string, { inputTokens, outputTokens }: TokenUsage): number | null {
    // A dated snapshot (`-2025-04-14`) costs what its model costs, unless it is listed itself.
    const price = this.prices.get(model) ?? this.prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
    return price === undefined ? null : inputTokens * price.inputUsd + outputTokens * price.outputUsd;
  }
}

/**
 * The built-in prices with those of a JSON file over them: `{"model": {"inputUsd": 0.4, "outputUsd": 1.6}}`. Throws
 * `provider.prices_invalid` where the file cannot be read or says something else.
 */
export function loadModelPrices(file: string | null): ModelPrices {
  const own = file === null ? {} : pricesIn(file);
  return new ModelPrices(new Map(Object.entries({ ...BUILT_IN, ...own })));
}

function pricesIn(file: string): z.output<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError('provider.prices_invalid', 'internal', `MODEL_PRICES_FILE cannot be used: ${why}`, {
      hint: 'Give a JSON object of models, each with inputUsd and outputUsd for a million tokens.',
      cause,
    });
  }
}
