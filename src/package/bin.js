#!/usr/bin/env node
/** The `bpe-lab` command in the npm package. */
import { fileURLToPath } from 'node:url';
import { nodeIo, run } from '../cli/main';
import { start } from '../cli/start.js';

const thread = fileURLToPath(new URL('./thread.js', import.meta.url));
await start(() => run(process.argv.slice(2), nodeIo(thread)));
