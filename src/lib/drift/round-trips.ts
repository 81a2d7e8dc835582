import type { Tokenizer } from '../engine';
import { PROBE_TEXTS } from './fingerprint/texts';
import { returnTrip } from './text/read';
import type { RoundTripFindings } from './types';

const MAX_EXAMPLES = 5;

/** Encodes and decodes the probes of the fingerprint on both sides. */
export function compareRoundTrips(a: Tokenizer, b: Tokenizer): RoundTripFindings {
	const examples: RoundTripFindings['examples'][number][] = [];
	let changedA = 0;
	let changedB = 0;
	let differing = 0;
	for (const input of PROBE_TEXTS) {
		const tripA = returnTrip(a, input, a.encode(input).ids, 'text');
		const tripB = a === b ? tripA : returnTrip(b, input, b.encode(input).ids, 'text');
		if (!tripA.sameText || !tripA.sameIds) changedA++;
		if (!tripB.sameText || !tripB.sameIds) changedB++;
		if (tripA.text === tripB.text && tripA.sameIds === tripB.sameIds) continue;
		differing++;
		if (examples.length < MAX_EXAMPLES) examples.push({ input, a: tripA.text, b: tripB.text });
	}
	return { tried: PROBE_TEXTS.length, changedA, changedB, differing, examples };
}
