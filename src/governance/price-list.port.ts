/** What calls cost. */
export abstract class PriceList {
  /** Millionths of a US dollar, fractions included; null where the model's price is not known. */
  abstract costMicroUsd(model: string, inputTokens: number, outputTokens: number): number | null;
}
