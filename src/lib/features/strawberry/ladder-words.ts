/** Merges of a word, in words. */
import { formatCount, plural } from '../../session/format';
import type { WordMerges } from './ladder';
import type { Neighbours, FinalBoundary } from './rivals';
import { isolated } from './isolated';
import type { WordMergesPair } from './ladders.svelte';

export { tokensAfter, treesAfter } from './ladder';

/** Writes bytes of a ladder as text: a page draws tokens in one way everywhere. */
type Spell = (bytes: Uint8Array) => string;

const pair = (
	{ bytes }: WordMerges,
	{ start, joint, end }: Omit<Neighbours, 'left' | 'right'>,
	spell: Spell
): string =>
	`${isolated(spell(bytes.subarray(start, joint)))} + ${isolated(spell(bytes.subarray(joint, end)))}`;

/**
 * Why cuts stand, a line for each reason: that no merge joins the two sides, and which merges across were lost.
 */
export function cutWords(
	ladder: WordMerges,
	cuts: readonly FinalBoundary[],
	spell: Spell
): string[] {
	const places = new Map<string, number>();
	for (const reason of cuts.map((cut) => reasonOf(ladder, cut, spell)))
		places.set(reason, (places.get(reason) ?? 0) + 1);
	return Array.from(places, ([reason, count]) =>
		count === 1 ? reason : `${reason} The same in ${formatCount(count)} places.`
	);
}

function reasonOf(ladder: WordMerges, cut: FinalBoundary, spell: Spell): string {
	const none = `No merge joins ${pair(ladder, cut, spell)}.`;
	if (cut.lost.length === 0) return none;
	const lost = cut.lost.map((merge) => {
		const winner = ladder.rungs[merge.lostTo - 1];
		return `${pair(ladder, merge, spell)} (rank ${formatCount(merge.rank)}) lost to ${pair(ladder, winner, spell)} (rank ${formatCount(winner.rank)})`;
	});
	return `${none} On the way ${lost.join(', then ')}.`;
}

/** The step in words, for one tokenizer. */
export function ladderAnnouncement(
	name: string,
	ladder: WordMerges,
	step: number,
	spell: Spell
): string {
	if (ladder.rungs.length === 0) return `${name}: no merges.`;
	if (step === 0) return `${name}: before the first merge.`;
	if (step > ladder.rungs.length)
		return `${name}: done after ${plural(ladder.rungs.length, 'merge')}.`;
	const rung = ladder.rungs[step - 1];
	return `${name}: ${pair(ladder, rung, spell)} → ${isolated(spell(ladder.bytes.subarray(rung.start, rung.end)))}, rank ${formatCount(rung.rank)}.`;
}

/** Where the two part, in a sentence; empty while an answer is awaited. */
export function partingWords(
	{ sides: [a, b], parting }: Pick<WordMergesPair, 'sides' | 'parting'>,
	nameOf: (id: string) => string,
	spell: Spell
): string {
	if (!a || !b || a.text !== b.text) return '';
	const [nameA, nameB] = [nameOf(a.tokenizer), nameOf(b.tokenizer)];
	if (!parting)
		return `${nameA} and ${nameB} do not see the same characters: one of them rewrites the text first.`;
	const only = (name: string, ladder: WordMerges, step: number | null): string | null => {
		if (step === null) return null;
		const { start, end, rank } = ladder.rungs[step - 1];
		return `only ${name} makes ${isolated(spell(ladder.bytes.subarray(start, end)))} (step ${step}, rank ${formatCount(rank)})`;
	};
	const found = [only(nameA, a.ladder, parting.a), only(nameB, b.ladder, parting.b)].filter(
		(words) => words !== null
	);
	const end = parting.sameCuts ? 'They end with the same cuts' : 'They end with different cuts';
	if (found.length === 0) return `On the way both make the same tokens. ${end}.`;
	return `Here they part: ${found.join(', ')}. ${end}${parting.sameCuts ? ' all the same' : ''}.`;
}

/** Bytes at which a token begins at every step. */
export function anchorsOf({ initial, mergedAt }: WordMerges): Uint32Array {
	return initial.byteStarts.filter((start) => mergedAt[start] === 0);
}
