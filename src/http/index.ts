export { createApp } from './create-app.js';
export type { Doors } from './probes-only.js';
