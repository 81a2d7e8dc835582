import { createTokenizer, type DecoderSpec, type Tokenizer, type TokenizerSpec } from '../engine';
import type { TokenizerDescriptor } from '../tokenizers/catalogue/shared/descriptor';
import { sameIdShare, type VocabularySample } from '../tokenizers/vocabulary-sample';
import { compareSpecs } from './config/differences';
import { STAGE_NAMES } from './edits/messages';
import { fingerprintOf, textLines } from './fingerprint/fingerprint';
import { plural, formatCount } from '../engine/text';
import type { Sha256 } from './sha256';
import { byContent } from './special-tokens';

/** How a tokenizer relates to the most similar built-in tokenizer. */
export interface Identification {
	/** Fingerprint as printed by `diff --json`; `null` if SHA-256 isn't available. */
	readonly fingerprint: string | null;
	/** Id in the catalogue; `null` if no built-in tokenizer has at least half of the vocabulary under the same ids. */
	readonly known: string | null;
	/**
	 * `identical`: no known difference. `variant`: the same vocabulary, but other parts differ. `related`: much of the
	 * vocabulary is the same.
	 */
	readonly relation: 'identical' | 'variant' | 'related' | 'unknown';
	/** A complete sentence for the user. */
	readonly sentence: string;
	/** Paths of the differing fields in tokenizer.json. */
	readonly differences: readonly string[];
}

/** Minimum share of the sampled ids that must be equal for a full comparison. */
const MIN_SHARE = 0.5;
/** Maximum number of candidates for a full comparison. */
const MAX_CANDIDATES = 4;

/** The parts of the catalogue that identification needs. */
export interface KnownVocabularies {
	readonly catalogue: readonly TokenizerDescriptor[];
	/** By id. */
	readonly samples: Readonly<Record<string, VocabularySample | undefined>>;
	/** Reads a built-in tokenizer. Called at most four times. */
	readonly load: (descriptor: TokenizerDescriptor) => Promise<TokenizerSpec>;
}

/**
 * Finds the built-in tokenizer with the most similar vocabulary and describes the differences. Compares a sample of ids
 * first, then all fields, then the output for the fingerprint's texts.
 * @throws Error if the engine can't run the tokenizer
 */
export async function identifyTokenizer(
	spec: TokenizerSpec,
	{ catalogue, samples, load }: KnownVocabularies,
	sha256: Sha256 | null
): Promise<Identification> {
	const tokenizer = createTokenizer(spec);
	const lines = textLines(tokenizer);
	const own = await fingerprintOf({ tokenizer }, sha256);
	const kind = spec.model.byte_level ? 'byte-level BPE' : 'SentencePiece BPE';
	const candidates = catalogue
		.flatMap((descriptor) => {
			const sample = descriptor.kind === kind ? samples[descriptor.id] : undefined;
			return sample ? [{ descriptor, share: sameIdShare(sample, spec) }] : [];
		})
		.filter(({ share }) => share >= MIN_SHARE)
		.sort((a, b) => b.share - a.share)
		.slice(0, MAX_CANDIDATES);
	const compared: ReturnType<typeof compareWith>[] = [];
	for (const { descriptor } of candidates) {
		compared.push(compareWith(descriptor.id, await load(descriptor), spec));
	}
	compared.sort((a, b) => a.distance - b.distance);
	const [best] = compared;
	if (!best) {
		const sentence = 'No built-in tokenizer has half of this vocabulary under the same ids.';
		return { fingerprint: own, known: null, relation: 'unknown', sentence, differences: [] };
	}
	const { id, differences, words, sameVocabulary } = best;
	const base = { fingerprint: own, known: id, differences };
	if (!sameVocabulary) {
		return { ...base, relation: 'related', sentence: `${words.join(' and ')}.` };
	}
	const sameOutput = textLines(createTokenizer(best.spec)) === lines;
	if (sameOutput && words.length === 0) {
		return { ...base, relation: 'identical', sentence: `Identical to ${id}.` };
	}
	const others = new Intl.ListFormat('en').format(words.length > 0 ? words : ['other output']);
	const effect = sameOutput ? ', which changes none of the fingerprint’s outputs' : '';
	return {
		...base,
		relation: 'variant',
		sentence: `The vocabulary of ${id} with ${others}${effect}.`
	};
}

function compareWith(id: string, known: TokenizerSpec, spec: TokenizerSpec) {
	const { vocabulary, fields } = compareSpecs(known, spec);
	const sameVocabulary = vocabulary.added + vocabulary.removed + vocabulary.moved === 0;
	const [knownTokenizer, tokenizer] = [known, spec].map((side) => createTokenizer(side));
	const around = (side: Tokenizer) => side.encode('a', { addSpecialTokens: true }).ids.join();
	const sameTemplate = around(knownTokenizer) === around(tokenizer);
	const sameDecoder = decodesBytes(known.decoder) && decodesBytes(spec.decoder);
	const matters = fields.filter(
		({ field, proven }) =>
			proven?.severity !== 'formatting-only' &&
			!(sameTemplate && field.startsWith('post_processor')) &&
			!(sameDecoder && field.startsWith('decoder'))
	);
	const differences = matters.map(({ field }) => field);
	const words = sameVocabulary
		? describeDifferences(known, spec, differences)
		: [
				`${formatCount(vocabulary.sameId)} of ${plural(vocabulary.sizeB, 'token')} have the ids that they have in ${id}`,
				`${formatCount(vocabulary.added)} are not in it`
			];
	const [before, after] = [byContent(known.added_tokens), byContent(spec.added_tokens)];
	const contents = new Set([...before.keys(), ...after.keys()]);
	const changedTokens = 2 * contents.size - before.size - after.size;
	const distance =
		1e6 * (vocabulary.added + vocabulary.removed + vocabulary.moved) +
		words.length +
		changedTokens / 1e4;
	return { id, spec: known, sameVocabulary, differences, words, distance };
}

/** Describes the differences outside the vocabulary as noun phrases that can follow the word "with". */
function describeDifferences(
	known: TokenizerSpec,
	spec: TokenizerSpec,
	differences: readonly string[]
): string[] {
	const [before, after] = [byContent(known.added_tokens), byContent(spec.added_tokens)];
	const more = [...after.keys()].filter((content) => !before.has(content)).length;
	const fewer = [...before.keys()].filter((content) => !after.has(content)).length;
	const differs = (start: string) => differences.some((field) => field.startsWith(start));
	const stages = (Object.keys(STAGE_NAMES) as (keyof typeof STAGE_NAMES)[]).filter(differs);
	const others = differences.filter(
		(field) => ![...stages, 'added_tokens'].some((start) => field.startsWith(start))
	);
	return [
		...(more > 0 ? [`${formatCount(more)} more added tokens`] : []),
		...(fewer > 0 ? [`${formatCount(fewer)} fewer added tokens`] : []),
		...(more + fewer === 0 && differs('added_tokens') ? ['other flags of added tokens'] : []),
		...stages.map(
			(stage) => `${spec[stage] === null ? 'no' : 'a different'} ${STAGE_NAMES[stage]}`
		),
		...(others.length > 0 ? [`a different ${others.join(', ')}`] : [])
	];
}

/** The fields of a ByteLevel decoder have no effect. */
const decodesBytes = (decoder: DecoderSpec | null): boolean => decoder?.type === 'ByteLevel';
