import type { DamageFindings, MeasuredDamage, ServedText } from '../../src/lib/drift/damage/types';

const served: ServedText = {
	tokens: 10,
	bitsPerByte: 2,
	top1: 0.3,
	unseenBigrams: 0.2,
	untrained: 0,
	coveredBytes: 1000
};

/** A damage measurement. @param b figures for B that differ from A's */
export function measuredDamage(b: Partial<ServedText> = {}): MeasuredDamage {
	const servedB = { ...served, ...b };
	return {
		outcome: 'measured',
		rows: 100,
		splitUnit: 'documents',
		training: { documents: 4, bytes: 4000, tokens: 90 },
		heldOut: { documents: 1, bytes: 1000 },
		a: served,
		b: servedB,
		change: servedB.bitsPerByte / served.bitsPerByte - 1
	};
}

export const damageOn = (corpus: string, b: Partial<ServedText> = {}): DamageFindings => ({
	measurements: [{ corpus, damage: measuredDamage(b) }],
	notes: [
		{ text: 'It is relative.', source: null },
		{ text: 'Measured elsewhere: 5%.', source: { name: 'a paper', url: 'https://example.org/p' } }
	]
});
