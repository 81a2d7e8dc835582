#!/usr/bin/env node
/** `bpe-lab` in the npm package. */
import { fileURLToPath } from 'node:url';
import { nodeIo, run } from '../cli/main';

const readingThread = fileURLToPath(new URL('./reading-thread.js', import.meta.url));
process.exitCode = await run(process.argv.slice(2), nodeIo(readingThread));
