#!/usr/bin/env node
import 'reflect-metadata';
import { runCommandLine } from './cli/index.js';

await runCommandLine(process.argv);
