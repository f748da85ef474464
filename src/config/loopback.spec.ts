import { isLoopbackUrl } from './loopback.js';

describe('isLoopbackUrl', () => {
  it.each([
    'http://localhost/v1',
    'http://LOCALHOST.:8080',
    'http://127.0.0.1:11434/v1',
    'https://127.255.0.7',
    'http://127.1',
    'http://0x7f000001',
    'http://[::1]:8080/v1?api-version=1',
    'http://[0:0:0:0:0:0:0:1]',
  ])('is true for %s', (url) => {
    expect(isLoopbackUrl(url)).toBe(true);
  });

  it.each([
    'https://api.openai.com/v1',
    'http://10.0.0.5:11434',
    'http://0.0.0.0:11434',
    'http://128.0.0.1',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://example.org/localhost',
    'http://localhost@example.org',
    'http://model.local',
    'http://[::2]',
    'http://[fe80::1]',
  ])('is false for %s', (url) => {
    expect(isLoopbackUrl(url)).toBe(false);
  });
});
