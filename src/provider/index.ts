export { createProviderDirectory } from './provider.factory.js';
export { ProviderModule } from './provider.module.js';
export { type ConfiguredWriter, ProviderDirectory, type WriterName } from './provider-directory.js';
export * from './text-generation.port.js';
