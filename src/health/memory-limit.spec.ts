import { memoryLimitBytes } from './memory-limit.js';

const GIBIBYTE = 1024 ** 3;

describe('memoryLimitBytes', () => {
  it('is what the container may use', () => {
    expect(memoryLimitBytes(2 * GIBIBYTE, 16 * GIBIBYTE)).toBe(2 * GIBIBYTE);
    expect(memoryLimitBytes(16 * GIBIBYTE, 16 * GIBIBYTE)).toBe(16 * GIBIBYTE);
  });

  it.each([0, 2 ** 64, 17 * GIBIBYTE])('is no limit when the system says %i', (constrained) => {
    expect(memoryLimitBytes(constrained, 16 * GIBIBYTE)).toBeNull();
  });
});
