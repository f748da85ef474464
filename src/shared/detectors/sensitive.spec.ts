import { detectSensitive, maskSensitive } from './sensitive.js';

// Joined here so that no scanner takes this file's examples for leaked keys.
const GITHUB_TOKEN = `ghp_${'a1B2'.repeat(9)}`;
const AWS_KEY = `AKIA${'ABCD1234'.repeat(2)}`;
const PRIVATE_KEY = `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIB\n-----END RSA ${'PRIVATE'} KEY-----`;

const types = (text: string) => detectSensitive(text).map((match) => match.type);

describe('detectSensitive', () => {
  it.each([
    ['a GitHub token', `push with ${GITHUB_TOKEN} today`, 'github_token'],
    ['an AWS key', `id ${AWS_KEY}.`, 'aws_access_key'],
    ['a private key', `here:\n${PRIVATE_KEY}\nkeep it`, 'private_key'],
    ['an OpenAI key', `OPENAI: sk-proj-${'x9Y'.repeat(10)}`, 'openai_key'],
    ['a Stripe key', `sk_live_${'a1'.repeat(12)}`, 'stripe_key'],
    ['a JWT', `eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl`, 'json_web_token'],
    ['an npm token', `npm_${'aB3'.repeat(12)}`, 'npm_token'],
    ['a temporary AWS key', `ASIA${'ABCD1234'.repeat(2)}`, 'aws_access_key'],
    ['a fine-grained GitHub token', `github_pat_${'a1B2'.repeat(12)}`, 'github_token'],
    ['a GitLab token', `glpat-${'a1B2'.repeat(5)}`, 'gitlab_token'],
    ['a Slack token', `xoxb-${'a1B2'.repeat(5)}`, 'slack_token'],
    ['a Google key', `AIza${'a1B2c'.repeat(7)}`, 'google_api_key'],
    ['a restricted Stripe key', `rk_test_${'a1'.repeat(12)}`, 'stripe_key'],
    ['a Twilio key', `SK${'0a1b'.repeat(8)}`, 'twilio_key'],
    ['a Hugging Face token', `hf_${'aBcD'.repeat(8)}`, 'hugging_face_token'],
    ['a Telegram token', `12345678:AA${'a1B2c'.repeat(7)}`, 'telegram_token'],
    ['an age key', `AGE-SECRET-KEY-1${'A1B2'.repeat(14)}`, 'age_key'],
    ['a Slack webhook', `https://hooks.slack.com/services/${'T0a1'.repeat(8)}`, 'webhook'],
    ['a Discord webhook', `https://discord.com/api/webhooks/${'1a2b'.repeat(8)}`, 'webhook'],
    ['a SendGrid key', `SG.${'aB3x'.repeat(5)}.${'aB3x'.repeat(8)}`, 'sendgrid_key'],
    ['a password in an address', 'postgres://app:s3cretly@db.example:5432/main', 'connection_password'],
    ['a bearer token', `Authorization: Bearer ${'aB3xY9kLm0pQ'.repeat(3)}`, 'bearer_token'],
    ['a card of fifteen digits', 'card 180051662803027', 'payment_card'],
    ['an Italian tax code', 'codice RSSMRA85T10A562S', 'it_codice_fiscale'],
    ['a labelled password', 'the wifi password is blue7horse', 'password'],
    ['an assignment', 'API_KEY="9f8e7d6c5b4a"', 'api_key'],
    ['a card', 'card 4111 1111 1111 1111 03/27', 'payment_card'],
    ['a card before other digits', 'paid 5500-0000-0000-0004 12 times', 'payment_card'],
    ['an IBAN with spaces', 'to DE89 3704 0044 0532 0130 00 PLEASE', 'iban'],
    ['an IBAN without spaces', 'GB82WEST12345698765432', 'iban'],
    ['a social security number', 'SSN 219-09-9999', 'us_ssn'],
  ])('finds %s', (_name, text, type) => {
    expect(types(text)).toEqual([type]);
  });

  it.each([
    'I changed the password twice and forgot it again.',
    'The password is important, so choose a strong one.',
    'const token = getToken(request);',
    'secret: required',
    'Basic authentication-related settings',
    'postgres://app:{PASSWORD}@db.example/main',
    'https://example.org:8080/@anna',
    'password = process.env.PASSWORD1',
    'Order 4111 1111 1111 1112 has shipped.',
    'DE89 3704 0044 0532 0130 01 is a typo',
    'Tickets 000-12-3456 and 123-45-67890',
    'Call me at +49 30 1234567 or write to anna@example.org',
    'The 2024-03-05 build 1234567890123 took 12.5 s',
  ])('leaves alone: %s', (text) => {
    expect(types(text)).toEqual([]);
  });

  it('masks exactly the secret', () => {
    expect(maskSensitive(`a ${GITHUB_TOKEN}, b 219-09-9999!`)).toBe('a [github_token], b [us_ssn]!');
    expect(maskSensitive('the password is blue7horse.')).toBe('the password is [password].');
    expect(maskSensitive('nothing here')).toBe('nothing here');
  });
});
