import type { ConfigExample } from '../types';
import type { StageRun } from './run-stage';

export interface Search {
	readonly example: ConfigExample | null;
	/** How many inputs were tried. */
	readonly tried: number;
}

/** The first of some inputs that two stages treat differently. */
export function findExample(a: StageRun, b: StageRun, inputs: Iterable<string>): Search {
	let tried = 0;
	for (const input of inputs) {
		tried++;
		const outA = a(input);
		const outB = b(input);
		if (outA.length === outB.length && outA.every((part, i) => part === outB[i])) continue;
		return { example: { input, a: outA, b: outB }, tried };
	}
	return { example: null, tried };
}
