export { type ContactMatch, type ContactType, detectContacts, maskContacts } from './contacts.js';
export { detectSensitive, maskSensitive, type SensitiveMatch, type SensitiveType } from './sensitive.js';
