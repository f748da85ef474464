import 'reflect-metadata';
import { loadSettings } from './config/index.js';
import { endWith } from './exit.js';
import { closeOnSignal, serve } from './serve.js';

try {
  const server = await serve(loadSettings());
  closeOnSignal(server);
  process.stderr.write(`MCG Agent listens on ${server.url} (API description: ${server.url}/docs)\n`);
} catch (error) {
  endWith(error);
}
