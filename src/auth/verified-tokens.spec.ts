import { VerifiedTokens } from './verified-tokens.js';

const ALICE = { userId: 'alice', scopes: [] };

describe('VerifiedTokens', () => {
  it('knows a token until it expires, and never longer than a minute', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('short', ALICE, 1_000, 5_000);
    expect(tokens.find('short', 4_999)).toBe(ALICE);
    expect(tokens.find('short', 5_000)).toBeNull();
    tokens.keep('long', ALICE, 1_000, 9_999_999);
    expect(tokens.find('long', 60_999)).toBe(ALICE);
    expect(tokens.find('long', 61_000)).toBeNull();
  });

  it('knows nothing of a token before it was verified, whatever the clock does', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('token', ALICE, 10_000, 50_000);
    expect(tokens.find('token', 9_999)).toBeNull();
    expect(tokens.find('other', 10_000)).toBeNull();
  });

  it('keeps a thousand, and lets the oldest go', () => {
    const tokens = new VerifiedTokens();
    for (let i = 0; i < 1_001; i++) tokens.keep(`t${i}`, ALICE, 0, 9_000);
    expect(tokens.find('t0', 1)).toBeNull();
    expect(tokens.find('t1', 1)).toBe(ALICE);
    expect(tokens.find('t1000', 1)).toBe(ALICE);
  });
});
