import { AppError, SystemClock } from '../shared/index.js';
import { ExtractiveBackend } from './mvlm/extractive/extractive.backend.js';
import { MvlmProvider } from './mvlm/mvlm.provider.js';
import { ProviderDirectory, type ProviderInspection } from './provider-directory.js';

const writer = new MvlmProvider(new ExtractiveBackend());
const local = new MvlmProvider(new ExtractiveBackend());

/** A directory whose primary and firebreak writers are one provider with this inspection. */
function directoryWith(inspection: ProviderInspection): ProviderDirectory {
  const writers = { primary: writer, firebreak: writer, local };
  return new ProviderDirectory(writers, new Map([[writer, inspection]]), new SystemClock());
}

function failing(code: string): ProviderInspection {
  return { probe: () => Promise.reject(new AppError(code, 'unavailable', 'no')) };
}

describe('ProviderDirectory', () => {
  it('asks a provider once, whatever it is used for', async () => {
    let probes = 0;
    const directory = directoryWith({
      probe: async () => {
        probes++;
      },
      circuit: () => 'open',
      weightsBytes: () => 7,
    });
    const asked = { reachable: true, problem: null, circuit: 'open', weightsBytes: 7 };
    const code = { reachable: true, problem: null, circuit: null, weightsBytes: null };
    expect(await directory.probe()).toMatchObject([
      { use: 'primary', ...asked },
      { use: 'firebreak', ...asked },
      { use: 'local', ...code },
    ]);
    expect(probes).toBe(1);
    expect(directory.list().map(({ reachable }) => reachable)).toEqual([null, null, true]);
  });

  it.each([
    ['provider.unreachable', false],
    ['provider.timeout', false],
    ['provider.unauthorized', true],
    ['provider.rate_limited', true],
  ])('takes %s as reachable: %s', async (code, reachable) => {
    const [primary] = await directoryWith(failing(code)).probe();
    expect(primary).toMatchObject({ reachable, problem: code });
  });

  it('gives up on one that does not answer, at its limit or when it is closed', async () => {
    const silent: ProviderInspection = {
      probe: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('provider.aborted', 'timeout', 'no')));
        }),
    };
    const late = { reachable: false, problem: 'provider.timeout' };
    expect((await directoryWith(silent).probe(20))[0]).toMatchObject(late);
    const directory = directoryWith(silent);
    const probing = directory.probe(60_000);
    await directory.close();
    expect((await probing)[0]).toMatchObject(late);
  });

  it('hides no fault of its own', async () => {
    const broken = directoryWith({ probe: () => Promise.reject(new TypeError('a bug')) });
    await expect(broken.probe()).rejects.toThrow('a bug');
  });

  it('closes what runs beside it', async () => {
    let isClosed = false;
    const close = async () => {
      isClosed = true;
    };
    await directoryWith({ probe: async () => {}, close }).close();
    expect(isClosed).toBe(true);
  });
});
