import { describe, expect, it } from 'vitest';
import { nativeLoads } from '../../src/lib/drift/file/native-loads';
import { readJson } from '../../src/lib/drift/file/read-json';
import { mutatedFiles } from '../support/mutated-files';
import { nativeLibrary } from '../support/native-library';
import { nativeVerdicts } from '../support/native-verdicts';
import { SEED } from '../support/random-texts';

describe.skipIf(!nativeLibrary)('whether native loads and can use a file', () => {
	it('x', () => {
		const texts = mutatedFiles(SEED, 1200);
		const t=performance.now();
		const native = nativeVerdicts(texts);
		console.log(texts.length, performance.now()-t);
		const plain = (v: string | null) => v?.startsWith('aborts') ? v.replace(/\d+/g,'N').replace(/, line: N, column: N/,'') : v;
		let bad=0, verdict=0, nul=0; const c: Record<string, number> = {};
		texts.forEach((text, i) => {
			let mine: string | null; try { mine = nativeLoads(readJson(text)); } catch (e) { mine = 'ERROR '+String(e.stack); }
			const k=native[i].split(':')[0]; c[k]=(c[k]??0)+1;
			if (mine === null) nul++;
			if (plain(mine) === plain(native[i])) return;
			bad++; if (mine?.slice(0,3)!==native[i].slice(0,3)) verdict++;
			console.log(text, '\n   native', native[i], '\n   mine  ', mine);
		});
		console.log(bad, verdict, nul, c);
		expect(1).toBe(1);
	}, 1e6);
});
