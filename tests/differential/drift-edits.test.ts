import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/lib/drift/edits/apply';
import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import { PROBE_TEXTS } from '../../src/lib/drift/fingerprint/texts';
import { specialIds } from '../../src/lib/drift/token-texts';
import { createTokenizer } from '../../src/lib/engine';
import { firstInvalidUtf8 } from '../../src/lib/engine/text/utf8';
import { nativeLibrary as native } from '../support/native-library';
import { TOKENIZER_JSON } from '../support/native-tokenizers';
import { packedSpec } from '../support/packed-tokenizers';
import { byteLevel } from '../support/spec-parts';
import { sized } from '../support/size';

/** The parts of a tokenizer.json that are changed here. */
interface Json {
	pre_tokenizer: unknown;
	added_tokens: { special: boolean; rstrip: boolean }[];
	model: {
		ignore_merges?: boolean;
		merges: unknown[];
	};
}

interface Case {
	readonly name: string;
	readonly tokenizer: string;
	readonly edits: readonly SpecEdit[];
	/** The same change, made in the file. */
	readonly change: (json: Json) => void;
}

const GPT2 = byteLevel();
const metaspace = (split: boolean) =>
	({ type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split }) as const;

const CASES: readonly Case[] = [
	{
		name: 'the GPT-2 pre-tokenizer',
		tokenizer: 'llama3',
		edits: [{ kind: 'pre_tokenizer', value: GPT2 }],
		change: (json) => (json.pre_tokenizer = GPT2)
	},
	{
		name: 'ignore_merges off',
		tokenizer: 'llama3',
		edits: [{ kind: 'ignore-merges', value: false }],
		change: (json) => (json.model.ignore_merges = false)
	},
	{
		name: 'two merges swapped, the last 1,000 dropped',
		tokenizer: 'llama3',
		edits: [
			{ kind: 'swap-merges', ranks: [300, 20_000] },
			{ kind: 'drop-last-merges', count: 1000 }
		],
		change: ({ model }) => {
			[model.merges[300], model.merges[20_000]] = [model.merges[20_000], model.merges[300]];
			model.merges.length -= 1000;
		}
	},
	{
		name: 'merges reversed',
		tokenizer: 'qwen3',
		edits: [{ kind: 'reorder-merges', order: 'reversed' }],
		change: ({ model }) => model.merges.reverse()
	},
	{
		name: 'Metaspace',
		tokenizer: 'deepseek-v3',
		edits: [{ kind: 'pre_tokenizer', value: metaspace(true) }],
		change: (json) => (json.pre_tokenizer = metaspace(true))
	},
	{
		name: 'Metaspace that does not split',
		tokenizer: 'deepseek-v3',
		edits: [{ kind: 'pre_tokenizer', value: metaspace(false) }],
		change: (json) => (json.pre_tokenizer = metaspace(false))
	},
	{
		name: 'rstrip on special tokens',
		tokenizer: 'llama3',
		edits: [{ kind: 'added-token-flags', which: 'special', flags: { rstrip: true } }],
		change: (json) => {
			for (const token of json.added_tokens) if (token.special) token.rstrip = true;
		}
	}
];

describe.skipIf(!native).each(CASES)('$tokenizer: $name', ({ tokenizer, edits, change }) => {
	it('is what the native library makes of the changed file', async () => {
		if (!native) return;
		const json = TOKENIZER_JSON[tokenizer]() as Json;
		change(json);
		const reference = native.Tokenizer.fromString(JSON.stringify(json));
		const ours = createTokenizer(applyEdits(packedSpec(tokenizer), edits));
		await Promise.all(
			PROBE_TEXTS.map(async (probe) => {
				const expected = (await reference.encode(probe)).getIds();
				const { ids } = ours.encode(probe, { special: 'parse', addSpecialTokens: true });
				expect([...ids], JSON.stringify(probe)).toEqual(expected);
				const text = await reference.decode(expected, false);
				expect(ours.decode(expected), JSON.stringify(probe)).toBe(text);
			})
		);
	});
});

describe.skipIf(!native)('tokens out of reach', () => {
	/** The numbers that the self-encode check of the lab must give as well, in `src/lib/drift/self-encode.test.ts`. */
	const NUMBERS: readonly (readonly [string, Case | null, tried: number, unreachable: number])[] = [
		['qwen3', null, 150_195, 1909],
		['llama3', null, 126_648, 0],
		['llama3', CASES[0], 126_648, 23_171],
		['llama3', CASES[1], 126_648, 588],
		['deepseek-v3', CASES[4], 126_527, 97_493],
		['deepseek-v3', CASES[5], 126_527, 97_493]
	];
	it.each(sized(NUMBERS.slice(0, 1), NUMBERS))(
		'%s: as many as natively, %#',
		async (id, one, tried, expected) => {
			if (!native) return;
			const json = TOKENIZER_JSON[id]() as Json;
			one?.change(json);
			const reference = native.Tokenizer.fromString(JSON.stringify(json));
			const spec = packedSpec(id);
			const tokenizer = createTokenizer(spec);
			const special = specialIds(spec);
			const ids = Array.from(spec.model.vocabulary.ends.keys()).filter((token) => {
				const { ends } = spec.model.vocabulary;
				if (special.has(token) || ends[token] === (token === 0 ? 0 : ends[token - 1])) return false;
				return firstInvalidUtf8(tokenizer.tokenBytes(token)) < 0;
			});
			expect(ids).toHaveLength(tried);
			const texts = await reference.decodeBatch(
				ids.map((token) => [token]),
				false
			);
			const encodings = await reference.encodeBatch(texts, { addSpecialTokens: false });
			const unreachable = ids.filter((token, i) => {
				const found = encodings[i].getIds();
				return found.length !== 1 || found[0] !== token;
			});
			expect(unreachable).toHaveLength(expected);
		}
	);
});
