import type { ConfigExample } from '../types';
import { probes } from './probes';
import type { StageRun } from './run-stage';

export interface Search {
	readonly example: ConfigExample | null;
	/** How many inputs were tried. */
	readonly tried: number;
}

/** The first of the probes that two stages treat differently; at most `most` are tried. */
export function findExample(a: StageRun, b: StageRun, most = Infinity): Search {
	let tried = 0;
	for (const input of probes()) {
		if (tried >= most) break;
		tried++;
		const outA = a(input);
		const outB = b(input);
		if (outA.length === outB.length && outA.every((part, i) => part === outB[i])) continue;
		return { example: { input, a: outA, b: outB }, tried };
	}
	return { example: null, tried };
}
