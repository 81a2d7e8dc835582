#!/usr/bin/env node
/** `bpe-lab` in the npm package. */
import { fileURLToPath } from 'node:url';
import { nodeIo, run } from '../cli/main';
import { start, threadScripts } from '../cli/start.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
await start(() => run(process.argv.slice(2), nodeIo(threadScripts(folder))));
