/** Compares the figures about lineages with counts from the packages' own files. */
import { beforeAll, expect, it } from 'vitest';
import {
	computeLineages,
	type PrerenderedLineages,
	type StepFigures
} from '../../src/lib/features/drift/lineages/figures';
import { fromByteLevel } from '../../src/lib/engine/structures/byte-level';
import { LINEAGES } from '../../src/lib/features/drift/lineages/lineages';
import { findDescriptor } from '../../src/lib/tokenizers/catalogue';
import { readPackageJson } from '../../src/tools/packages';
import { vocabularySource } from '../../src/tools/vocabularies/read';
import { prerenderLineages } from '../../src/tools/prerender';
import counted from '../oracle/lineages.json';
import { TIKTOKEN_RANKS, TOKENIZER_JSON } from '../support/native-tokenizers';
import type { TokenizerJson } from '../verify-drift/types';

/**
 * Figures from `tests/oracle/lineages.py`, for steps whose files are in no npm package in a format that this test
 * reads.
 */
const COUNTED: Readonly<Record<string, Pick<StepFigures, 'kept' | 'moved' | 'added' | 'removed'>>> =
	counted;

let lineages: PrerenderedLineages;
beforeAll(async () => {
	lineages = await prerenderLineages(computeLineages);
	// Stops a test that hangs. On a busy machine, it takes five minutes.
}, 1_800_000);

/** Pairs of versions, the older first. */
const STEPS = LINEAGES.flatMap(({ versions }, family) =>
	versions.slice(1).map((version, i) => ({
		name: `${versions[i].tokenizer}-${version.tokenizer}`,
		...{ family, step: i, from: versions[i].tokenizer, to: version.tokenizer }
	}))
);

interface Token {
	readonly id: number;
	/** Spelling in the file. */
	readonly spelling: string;
	/** The token's bytes in hexadecimal. */
	readonly bytes: string;
}

interface Tokens {
	/** Byte-fallback tokens come last, because another token may have the same byte. */
	readonly tokens: readonly Token[];
	/** Contents of special tokens. */
	readonly special: ReadonlySet<string>;
	readonly isByteLevel: boolean;
}

const hex = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('hex');

/** @param offset of the ids relative to the ranks */
function ofRanks(ranks: string, offset = 0, end = Infinity): Tokens {
	const tokens = ranks.split('\n').flatMap((line) => {
		const [, first, ...encoded] = line.split(' ');
		return encoded.map((token, i) => {
			const bytes = hex(Buffer.from(token, 'base64'));
			return { id: Number(first) + i + offset, spelling: bytes, bytes };
		});
	});
	return { tokens: tokens.filter(({ id }) => id < end), special: new Set(), isByteLevel: true };
}

const isFallback = (token: string): boolean => /^<0x[0-9A-F]{2}>$/.test(token);

function ofJson({ model, added_tokens }: TokenizerJson): Tokens {
	const isByteLevel = !('<0x0A>' in model.vocab);
	const bytesOf = (token: string): string => {
		if (isByteLevel) return hex(fromByteLevel(token) ?? '');
		return isFallback(token) ? token.slice(3, 5).toLowerCase() : hex(token.replaceAll('▁', ' '));
	};
	const added = new Map(added_tokens.map(({ id, content }) => [id, content]));
	const spelled = Object.entries(model.vocab)
		.filter(([, id]) => !added.has(id))
		.map(([spelling, id]) => ({ id, spelling, bytes: bytesOf(spelling) }));
	// Added tokens that the model lacks (Qwen's <think>) count as special tokens.
	const ordinary = added_tokens
		.filter(({ special, content }) => !special && content in model.vocab)
		.map(({ id, content }) => ({ id, spelling: content, bytes: hex(content) }));
	return {
		tokens: [...spelled, ...ordinary].sort(
			(a, b) => +isFallback(a.spelling) - +isFallback(b.spelling)
		),
		special: new Set(added_tokens.filter(({ special }) => special).map(({ content }) => content)),
		isByteLevel
	};
}

interface Tekken {
	readonly bpe_ranks: string;
	readonly config: { readonly default_vocab_size: number };
}

/** `null` for a tokenizer whose package has none of these formats. */
function tokensOf(id: string): Tokens | null {
	if (id in TIKTOKEN_RANKS) return ofRanks(TIKTOKEN_RANKS[id]().bpe_ranks);
	if (id in TOKENIZER_JSON) return ofJson(TOKENIZER_JSON[id]() as TokenizerJson);
	const descriptor = findDescriptor(id);
	if (!descriptor) return null;
	const vocabulary = vocabularySource(descriptor);
	if (vocabulary.format !== 'Tekken') return null;
	const { bpe_ranks, config } = readPackageJson(
		descriptor.source.package,
		vocabulary.path
	) as Tekken;
	// The first 1,000 ids are control tokens.
	return ofRanks(bpe_ranks, 1000, config.default_vocab_size);
}

const figuresOf = ({ family, step }: (typeof STEPS)[number]): StepFigures =>
	lineages.families[family].steps[step];

it.each(STEPS)('$name keeps, moves, adds and removes the tokens that the files say', (one) => {
	const { from, to } = one;
	const [a, b] = [tokensOf(from), tokensOf(to)];
	const figures = figuresOf(one);
	if (!a || !b) {
		expect(figures).toMatchObject(COUNTED[one.name]);
		return;
	}
	const bySpelling = a.isByteLevel === b.isByteLevel;
	const key = ({ spelling, bytes }: Token) => (bySpelling ? spelling : bytes);
	const isOrdinary = ({ spelling }: Token) => !a.special.has(spelling) && !b.special.has(spelling);
	const [tokensA, tokensB] = [a.tokens.filter(isOrdinary), b.tokens.filter(isOrdinary)];
	const free = new Map(tokensB.toReversed().map((token) => [key(token), token.id]));
	let kept = 0;
	let moved = 0;
	for (const token of tokensA) {
		const id = free.get(key(token));
		if (id === undefined) continue;
		free.delete(key(token));
		if (id === token.id) kept++;
		else moved++;
	}
	const { added, removed } = figures;
	expect({ kept: figures.kept, moved: figures.moved, added, removed }).toEqual({
		kept,
		moved,
		added: tokensB.length - kept - moved,
		removed: tokensA.length - kept - moved
	});
});
