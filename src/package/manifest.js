/**
 * `node src/package/manifest.js publish` removes from package.json the fields that only a checkout needs, before npm
 * packs it (`prepack`). `restore` puts them back afterwards (`postpack`). If npm is interrupted between `prepack` and
 * `postpack`, run `node src/package/manifest.js restore` by hand.
 */
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = `${root}package.json`;
const kept = `${root}node_modules/.cache/bpe-lab/package.json`;

if (process.argv[2] === 'restore') {
	renameSync(kept, manifest);
} else {
	const published = {
		.../** @type {object} */ (JSON.parse(readFileSync(manifest, 'utf8'))),
		...{ scripts: undefined, devDependencies: undefined, overrides: undefined }
	};
	cpSync(manifest, kept);
	writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
}
