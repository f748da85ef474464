export { wasNeverConnected } from './never-connected.js';
export { ModelPrices } from './prices/model-prices.js';
export { createProviderDirectory, type ProviderDependencies } from './provider.factory.js';
export { ProviderModule } from './provider.module.js';
export {
  type ConfiguredWriter,
  type ProbedWriter,
  ProviderDirectory,
  type ProviderInspection,
  type WriterName,
} from './provider-directory.js';
export * from './text-generation.port.js';
