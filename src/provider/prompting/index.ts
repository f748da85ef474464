export { generationTask } from './generation.task.js';
export { LARGEST_ANSWER_TOKENS } from './house-rules.js';
export { parseAnswer } from './json-answer.js';
export { type InvalidOutputReason, invalidOutput } from './output.errors.js';
export { revisionTask } from './revision.task.js';
export { summaryTask } from './summary.task.js';
export type { WritingTask } from './writing-task.js';
