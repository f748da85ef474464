import { createProviderDirectory } from './provider.factory.js';

describe('createProviderDirectory', () => {
  it('has a writer for every use and lists them without calling one', () => {
    const directory = createProviderDirectory({
      generation: 'mvlm',
      firebreak: 'mvlm',
      mvlmBackend: 'extractive',
    });
    const local = { name: 'mvlm', model: 'extractive-1', external: false, reachable: true };
    expect(directory.list()).toEqual([
      { use: 'primary', ...local },
      { use: 'firebreak', ...local },
      { use: 'local', ...local },
    ]);
    expect(directory.writer('local').describe().external).toBe(false);
  });
});
