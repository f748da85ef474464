import type { Stage } from '../stage.js';
import { critic } from './critic.stage.js';
import { drafter } from './drafter.stage.js';
import { ideator } from './ideator.stage.js';
import { revisor } from './revisor.stage.js';
import { summarizer } from './summarizer.stage.js';

/** The corridor: always these, always in this order. */
export const STAGES: readonly Stage[] = [ideator, drafter, critic, revisor, summarizer];
