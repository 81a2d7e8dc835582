/** What the page says first, in the words of what was computed. */
import type { Decomposition } from '../../languages/types';
import { formatCount, formatRatio, formatShare } from '../../session/format';

/** What was compared, while not all is measured, or some is dropped: "all 12", "the 60 of 521 that have a ratio". */
export const amongWords = (known: number, all: number): string =>
	known === all
		? `all ${formatCount(all)}`
		: `the ${formatCount(known)} of ${formatCount(all)} that have a ratio`;

/** A part below this is no reason for a ratio. */
const NOTICEABLE = 1.05;

/**
 * Which parts of a ratio make it, the largest first: "vocabulary 3.71× (tokens a byte) · script 2.84× (bytes
 * a character)". Null where no part is noticeable.
 */
export function reasonWords(parts: Decomposition): string | null {
	const reasons = [
		{ times: parts.tokensPerByte, what: 'vocabulary', unit: 'tokens a byte' },
		{ times: parts.bytesPerChar, what: 'script', unit: 'bytes a character' },
		{ times: parts.length, what: 'length', unit: 'characters' }
	]
		.filter(({ times }) => times >= NOTICEABLE)
		.sort((a, b) => b.times - a.times)
		.map(({ times, what, unit }) => `${what} ${formatRatio(times)}× (${unit})`);
	return reasons.length === 0 ? null : reasons.join(' · ');
}

/** A prompt of so many tokens, and how much of a model's work grows with their square, 0 to 1. */
interface Read {
	readonly tokens: number;
	readonly quadraticShare: number;
}

/**
 * The square of a ratio, and at once what it is of all the work.
 * @param model whose work it is
 */
export function squareWords(baseline: Read, language: Read, model: string): string {
	const ratio = language.tokens / baseline.tokens;
	const square = ratio * ratio;
	const times = square < 100 ? square.toFixed(1) : formatCount(Math.round(square));
	const length = ({ tokens }: Read) => `at ${formatCount(Math.round(tokens))} tokens`;
	return `${formatRatio(ratio)}× the tokens are ${times}× the attention scores, which are ${formatShare(language.quadraticShare)} of a layer’s work ${length(language)} and ${formatShare(baseline.quadraticShare)} ${length(baseline)} (${model})`;
}
