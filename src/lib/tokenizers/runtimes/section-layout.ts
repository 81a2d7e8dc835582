import { byteLength } from '../../engine/text';
import { AlignmentError } from './align';

/** Normalized text, and where in the original text each of its UTF-16 code units comes from. */
export interface LaidOutText {
	readonly text: string;
	/** By code unit: first byte of the original text. */
	readonly byteStarts: Uint32Array;
	/** By code unit: exclusive last byte. */
	readonly byteEnds: Uint32Array;
	/** Number of bytes of characters other than white space that normalizing removes. */
	readonly removedBytes: number;
}

/** Matches parts that normalizers rewrite on their own: white space, Hangul in parts, and a character with its marks. */
const CLUSTER = /\s+|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu;

/** Clusters that are tried together if they are rewritten differently one by one. */
const MAX_CLUSTERS = 8;

/** A letter that no normalizer changes, to see how a cluster is rewritten between letters. */
const LETTER = 'a';

/**
 * Finds where normalized text comes from, for a normalizer that only returns a string: normalizes the clusters of the text
 * one by one, and matches the results with the normalized whole.
 */
export class SectionLayout {
	readonly #normalize: (text: string) => string;
	/** Text that the normalizer puts before every text; `null` if it changes letters. */
	readonly #prefix: string | null;
	/** Results of clusters by their text. */
	readonly #candidates = new Map<string, readonly string[]>();

	constructor(normalize: (text: string) => string) {
		this.#normalize = normalize;
		const letters = normalize(LETTER + LETTER);
		this.#prefix = letters.endsWith(LETTER + LETTER) ? letters.slice(0, -2) : null;
	}

	/**
	 * @param text a section of the original text, well-formed
	 * @param byte of the original text at which it begins
	 * @throws AlignmentError that names the byte from which on the origin is unknown
	 */
	lay(text: string, byte: number): LaidOutText {
		const normalized = this.#normalize(text);
		const byteStarts = new Uint32Array(normalized.length);
		const byteEnds = new Uint32Array(normalized.length);
		let removedBytes = 0;
		let at = 0;
		const put = (units: number, start: number, end: number) => {
			byteStarts.fill(start, at, at + units);
			byteEnds.fill(end, at, at + units);
			at += units;
		};
		if (this.#prefix && normalized.startsWith(this.#prefix)) put(this.#prefix.length, byte, byte);
		const clusters = text.match(CLUSTER) ?? [];
		for (let i = 0; i < clusters.length;) {
			let source = '';
			let found: string | undefined;
			let count = 0;
			while (found === undefined && count < MAX_CLUSTERS && i + count < clusters.length) {
				source += clusters[i + count++];
				found = this.#candidatesOf(source).find((one) => continuesWith(normalized, at, one));
			}
			if (found === undefined) break;
			const start = byte;
			byte += byteLength(source);
			i += count;
			if (found === '') {
				if (source.trim() !== '') removedBytes += byte - start;
			} else if (keepsCharacters(source, found)) {
				let from = start;
				const characters = [...source];
				for (const [j, character] of [...found].entries()) {
					const to = from + byteLength(characters[j]);
					put(character.length, from, to);
					from = to;
				}
			} else put(found.length, start, byte);
		}
		if (at < normalized.length) {
			throw new AlignmentError(
				`transformers.js rewrites the text from byte ${byte} on in a way that cannot be followed, so its tokens cannot be laid out`
			);
		}
		return { text: normalized, byteStarts, byteEnds, removedBytes };
	}

	/** Lists the texts that a cluster may become, the likeliest first. */
	#candidatesOf(cluster: string): readonly string[] {
		let found = this.#candidates.get(cluster);
		if (found) return found;
		const alone = this.#normalize(cluster);
		const prefix = this.#prefix ?? '';
		const inside = this.#normalize(LETTER + cluster + LETTER);
		const candidates = new Set<string>();
		if (inside.startsWith(prefix + LETTER) && inside.endsWith(LETTER))
			candidates.add(inside.slice(prefix.length + 1, -1));
		candidates.add(alone.startsWith(prefix) ? alone.slice(prefix.length) : alone);
		// Two runs of spaces may become one, and the spaces around a text none.
		if ([...candidates].every((one) => one.trim() === '')) candidates.add(' ').add('');
		found = [...candidates];
		if (this.#candidates.size >= MAX_CACHED) this.#candidates.clear();
		this.#candidates.set(cluster, found);
		return found;
	}
}

const MAX_CACHED = 20_000;

/** Whether a text continues with a part, whose Greek sigma may end a word there. */
function continuesWith(text: string, at: number, part: string): boolean {
	if (text.startsWith(part, at)) return true;
	return (
		part.includes('σ') &&
		text.slice(at, at + part.length).replaceAll('ς', 'σ') === part.replaceAll('ς', 'σ')
	);
}

/** Whether each character of a result is known to come from the one at the same position, perhaps with marks removed after it. */
const keepsCharacters = (cluster: string, result: string): boolean =>
	cluster.startsWith(result) ||
	(cluster.trim() === '' && [...cluster].length === [...result].length);
