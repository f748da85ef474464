/** The five roles, in the order in which they act. */
export const ROLES = ['ideator', 'drafter', 'critic', 'revisor', 'summarizer'] as const;
export type Role = (typeof ROLES)[number];

/** The three kinds of corpus a person can own. */
export const CORPORA = ['personal', 'social', 'published'] as const;
export type CorpusName = (typeof CORPORA)[number];

/** What kind of answer a prompt asks for. */
export const MODES = ['chat', 'writing', 'voice', 'retrieval'] as const;
export type Mode = (typeof MODES)[number];

export const TONES = ['professional', 'casual', 'formal', 'friendly', 'neutral'] as const;
export type Tone = (typeof TONES)[number];

export const STYLES = ['concise', 'detailed', 'conversational', 'formal'] as const;
export type Style = (typeof STYLES)[number];

export const STRATEGIES = ['speed', 'balanced', 'quality', 'adaptive'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Who wrote a document: `self` is the owner; every other value is somebody or something else. */
export const AUTHOR_ROLES = ['self', 'assistant', 'system', 'tool', 'other'] as const;
export type AuthorRole = (typeof AUTHOR_ROLES)[number];
