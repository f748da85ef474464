import { describeRunQueue } from './run-queue.contract.js';

describeRunQueue('the embedded database');
