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

/** The parts of a tokenizer.json that are changed here. */
interface Json {
	normalizer: unknown;
	pre_tokenizer: unknown;
	post_processor: unknown;
	decoder: unknown;
	added_tokens: { content: string; special: boolean; rstrip: boolean; id: number }[];
	model: {
		ignore_merges?: boolean;
		vocab: Record<string, number>;
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

const GPT2 = {
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: true
} as const;
const metaspace = (split: boolean) =>
	({ type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split }) as const;

function swapIds(json: Json, first: number, second: number): void {
	for (const [token, id] of Object.entries(json.model.vocab)) {
		if (id === first) json.model.vocab[token] = second;
		if (id === second) json.model.vocab[token] = first;
	}
}

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
		name: 'no NFC, two ids swapped',
		tokenizer: 'qwen3',
		edits: [
			{ kind: 'normalizer', value: null },
			{ kind: 'swap-ids', ids: [1000, 9906] }
		],
		change: (json) => {
			json.normalizer = null;
			swapIds(json, 1000, 9906);
		}
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
		name: 'no BOS',
		tokenizer: 'gemma3',
		edits: [{ kind: 'bos', times: 0, token: null }],
		change: (json) => (json.post_processor = null)
	},
	{
		name: 'added tokens that are not special dropped',
		tokenizer: 'gemma3',
		edits: [{ kind: 'drop-added-tokens', which: 'not-special' }],
		change: (json) => (json.added_tokens = json.added_tokens.filter(({ special }) => special))
	},
	{
		name: 'rstrip on special tokens',
		tokenizer: 'llama3',
		edits: [{ kind: 'added-token-flags', which: 'special', flags: { rstrip: true } }],
		change: (json) => {
			for (const token of json.added_tokens) if (token.special) token.rstrip = true;
		}
	},
	{
		name: 'no space before the text',
		tokenizer: 'llama2',
		edits: [{ kind: 'prefix-space', value: false }],
		change: (json) =>
			(json.normalizer = { type: 'Replace', pattern: { String: ' ' }, content: '▁' })
	}
];

describe.skipIf(!native).each(CASES)('$tokenizer: $name', ({ tokenizer, edits, change }) => {
	it('is what the native library makes of the changed file', async () => {
		if (!native) return;
		const json = structuredClone(TOKENIZER_JSON[tokenizer]()) as Json;
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
	it.each<readonly [string, readonly SpecEdit[], (json: Json) => void, number, number]>([
		['llama3', [], () => undefined, 126_648, 0],
		['llama3', CASES[0].edits, CASES[0].change, 126_648, 23_171],
		['llama3', CASES[1].edits, CASES[1].change, 126_648, 588],
		['qwen3', [], () => undefined, 150_195, 1909],
		['deepseek-v3', CASES[5].edits, CASES[5].change, 126_527, 97_493],
		['deepseek-v3', CASES[6].edits, CASES[6].change, 126_527, 97_493]
	])('%s with %j: as many as natively', async (id, _, change, tried, expected) => {
		if (!native) return;
		const json = structuredClone(TOKENIZER_JSON[id]()) as Json;
		change(json);
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
	});
});
