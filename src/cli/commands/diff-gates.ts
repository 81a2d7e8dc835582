import type { Verdict } from '../../lib/drift/types';

/** The mildest verdict that each gate stops. */
export const GATES = {
	any: 'harmless',
	silent: 'silent',
	crash: 'crash'
} as const satisfies Record<string, Verdict>;
