/** Starts pack.ts through Vite: Node 20 runs no TypeScript. `--archives <folder>` reads archives instead of downloading. */
import { runnerImport } from 'vite';

const names = process.argv.slice(2);
const at = names.indexOf('--archives');
const [, archives] = at < 0 ? [] : names.splice(at, 2);
/** @type {{ module: typeof import('./pack') }} */
const { module } = await runnerImport('./src/tools/vocabularies/pack.ts');
module.packVocabularies(names, archives);
