// Compiles the engine's core, src/lib/engine/model/core.as, to core-code.ts next to it. Downloads the AssemblyScript compiler.
// Run: node src/tools/core.mjs
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS =
	'-O3 --runtime stub --enable simd --noAssert --uncheckedBehavior always --outFile core.wasm';

const path = (name) => fileURLToPath(new URL(`../lib/engine/model/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'core-'));
try {
	// The compiler reads only files that end in .ts.
	copyFileSync(path('core.as'), join(folder, 'core.ts'));
	const words = ['exec', '--yes', `--package=${COMPILER}`, '--', 'asc', 'core.ts'];
	execFileSync('npm', [...words, ...OPTIONS.split(' ')], { cwd: folder, stdio: 'inherit' });
	const code = readFileSync(join(folder, 'core.wasm')).toString('base64');
	const hash = createHash('sha256')
		.update(readFileSync(path('core.as')))
		.digest('hex');
	writeFileSync(
		path('core-code.ts'),
		`// Written by src/tools/core.mjs with ${COMPILER} from core.as, whose SHA-256 is\n// ${hash}\n\n` +
			`/** The core as WebAssembly, in base64. */\nexport const CORE_CODE =\n\t'${code}';\n`
	);
} finally {
	rmSync(folder, { recursive: true });
}
