import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModelPrices } from './model-prices.js';

const usage = { inputTokens: 1_000_000, outputTokens: 500_000 };

describe('model prices', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileWith = (text: string) => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, text);
    return file;
  };

  it('gives the cost in millionths of a dollar, of a dated snapshot too, and null for an unknown model', () => {
    const prices = loadModelPrices(null);
    expect(prices.costOf('gpt-4.1-mini', usage)).toBe(400_000 + 800_000);
    expect(prices.costOf('gpt-4.1-mini-2025-04-14', usage)).toBe(1_200_000);
    expect(prices.costOf('some-model', usage)).toBeNull();
  });

  it('takes what a file adds or replaces, and keeps the rest', () => {
    const file = fileWith(
      '{"some-model": {"inputUsd": 3, "outputUsd": 0}, "gpt-4.1-mini": {"inputUsd": 1, "outputUsd": 1}}',
    );
    const prices = loadModelPrices(file);
    expect(prices.costOf('some-model', usage)).toBe(3_000_000);
    expect(prices.costOf('gpt-4.1-mini', usage)).toBe(1_500_000);
    expect(prices.costOf('gpt-4o', usage)).toBe(2_500_000 + 5_000_000);
  });

  it.each([
    ['no JSON', 'prices'],
    ['a negative price', '{"m": {"inputUsd": -1, "outputUsd": 1}}'],
    ['a missing price', '{"m": {"inputUsd": 1}}'],
    ['a misspelt price', '{"m": {"inputUsd": 1, "outputUsd": 1, "outputUSD": 2}}'],
  ])('refuses a file with %s', (_what, text) => {
    expect(() => loadModelPrices(fileWith(text))).toThrow(
      expect.objectContaining({ code: 'provider.prices_invalid', hint: expect.stringContaining('inputUsd') }),
    );
  });

  it('refuses a file that is not there', () => {
    expect(() => loadModelPrices(join(folder, 'none.json'))).toThrow(/MODEL_PRICES_FILE.*ENOENT/);
  });
});
