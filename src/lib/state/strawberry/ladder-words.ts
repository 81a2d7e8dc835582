/** Merges of a word, in words. */
import type { Ladder } from '../../analysis/spelling/ladder';
import type { Neighbours, StandingCut } from '../../analysis/spelling/rivals';
import { decodeUtf8 } from '../../engine/text/utf8';
import type { LadderPair } from './ladders.svelte';

export { tokensAfter, treesAfter } from '../../analysis/spelling/ladder';

const grouped = (value: number): string => value.toLocaleString('en');

/** Bytes of the ladder as text: `▁` and spaces as marks, parts of characters in hexadecimal. */
export function ladderText({ bytes }: Ladder, start: number, end: number): string {
	const part = bytes.subarray(start, end);
	const text = decodeUtf8(part);
	return text.includes('\ufffd')
		? `<${Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}>`
		: text.replaceAll(' ', '·').replaceAll('\n', '↵').replaceAll('\t', '→');
}

const pair = (ladder: Ladder, { start, joint, end }: Omit<Neighbours, 'left' | 'right'>): string =>
	`${ladderText(ladder, start, joint)} + ${ladderText(ladder, joint, end)}`;

/** One sentence a cut that stands: that no merge joins its sides, and which merges across it were lost. */
export function cutWords(ladder: Ladder, cuts: readonly StandingCut[]): string[] {
	return cuts.map((cut) => {
		const none = `No merge joins ${pair(ladder, cut)}.`;
		if (cut.lost.length === 0) return none;
		const lost = cut.lost.map((merge) => {
			const winner = ladder.rungs[merge.lostTo - 1];
			return `${pair(ladder, merge)} (rank ${grouped(merge.rank)}) lost to ${pair(ladder, winner)} (rank ${grouped(winner.rank)})`;
		});
		return `${none} On the way ${lost.join(', then ')}.`;
	});
}

/** The step in words, for one tokenizer. */
export function ladderAnnouncement(name: string, ladder: Ladder, step: number): string {
	if (ladder.rungs.length === 0) return `${name}: no merges.`;
	if (step === 0) return `${name}: before the first merge.`;
	if (step > ladder.rungs.length)
		return `${name}: done after ${ladder.rungs.length} ${ladder.rungs.length === 1 ? 'merge' : 'merges'}.`;
	const rung = ladder.rungs[step - 1];
	return `${name}: ${pair(ladder, rung)} → ${ladderText(ladder, rung.start, rung.end)}, rank ${grouped(rung.rank)}.`;
}

/** Where the two part, in a sentence; empty while an answer is awaited. */
export function partingWords(
	{ sides: [a, b], parting }: Pick<LadderPair, 'sides' | 'parting'>,
	nameOf: (id: string) => string
): string {
	if (!a || !b || a.text !== b.text) return '';
	const [nameA, nameB] = [nameOf(a.tokenizer), nameOf(b.tokenizer)];
	if (!parting)
		return `${nameA} and ${nameB} do not see the same characters: one of them rewrites the text first.`;
	const only = (name: string, ladder: Ladder, step: number | null): string | null => {
		if (step === null) return null;
		const { start, end, rank } = ladder.rungs[step - 1];
		return `only ${name} makes ${ladderText(ladder, start, end)} (step ${step}, rank ${grouped(rank)})`;
	};
	const found = [only(nameA, a.ladder, parting.a), only(nameB, b.ladder, parting.b)].filter(
		(words) => words !== null
	);
	const end = parting.sameCuts ? 'They end with the same cuts' : 'They end with different cuts';
	if (found.length === 0) return `On the way both make the same tokens. ${end}.`;
	return `Here they part: ${found.join(', ')}. ${end}${parting.sameCuts ? ' all the same' : ''}.`;
}

/** Bytes at which a token begins at every step. */
export function anchorsOf({ initial, deaths }: Ladder): Uint32Array {
	return initial.byteStarts.filter((start) => deaths[start] === 0);
}
