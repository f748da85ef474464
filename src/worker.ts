import 'reflect-metadata';
import { loadSettings } from './config/index.js';
import { endWith } from './exit.js';
import { closeOnSignal, serveWorker } from './serve.js';

try {
  const worker = await serveWorker(loadSettings());
  closeOnSignal(worker);
  process.stderr.write(`MCG Agent works on the queue (probes: ${worker.url}/health/ready)\n`);
} catch (error) {
  endWith(error);
}
