import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/lib/drift/edits/apply';
import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import { PROBE_TEXTS } from '../../src/lib/drift/fingerprint/texts';
import { specialIds } from '../../src/lib/drift/token-texts';
import { createTokenizer } from '../../src/lib/engine';
import { firstInvalidUtf8 } from '../../src/lib/engine/text/utf8';
import { nativeLibrary } from '../support/native-library';
import { nativeTokenizer } from '../support/native-sides';
import { packedSpec } from '../support/packed-tokenizers';
import { byteLevel } from '../support/spec-parts';
import { sized } from '../support/size';

const metaspace = (split: boolean): SpecEdit => ({
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split }
});
const GPT2: SpecEdit = { kind: 'pre_tokenizer', value: byteLevel() };
const NOT_IGNORED: SpecEdit = { kind: 'ignore-merges', value: false };

const CASES: readonly (readonly [tokenizer: string, name: string, edits: readonly SpecEdit[]])[] = [
	['llama3', 'the GPT-2 pre-tokenizer', [GPT2]],
	['llama3', 'ignore_merges off', [NOT_IGNORED]],
	[
		'llama3',
		'two merges swapped, the last 1,000 dropped',
		[
			{ kind: 'swap-merges', ranks: [300, 20_000] },
			{ kind: 'drop-last-merges', count: 1000 }
		]
	],
	[
		'llama3',
		'rstrip on special tokens',
		[{ kind: 'added-token-flags', which: 'special', flags: { rstrip: true } }]
	],
	['deepseek-v3', 'Metaspace', [metaspace(true)]],
	['deepseek-v3', 'Metaspace that does not split', [metaspace(false)]]
];

it.skipIf(!nativeLibrary).each(CASES)(
	'%s, %s: is what the native library makes of the changed file',
	async (id, _, edits) => {
		const reference = nativeTokenizer(id, edits);
		const ours = createTokenizer(applyEdits(packedSpec(id), edits));
		await Promise.all(
			PROBE_TEXTS.map(async (probe) => {
				const expected = (await reference.encode(probe)).getIds();
				const { ids } = ours.encode(probe, { special: 'parse', addSpecialTokens: true });
				expect([...ids], JSON.stringify(probe)).toEqual(expected);
				const text = await reference.decode(expected, false);
				expect(ours.decode(expected), JSON.stringify(probe)).toBe(text);
			})
		);
	}
);

describe.skipIf(!nativeLibrary)('tokens out of reach', () => {
	/** Numbers that the lab's self-encode check must also find, in `src/lib/drift/self-encode.test.ts`. */
	const NUMBERS: readonly (readonly [string, SpecEdit[], tried: number, unreachable: number])[] = [
		['qwen3', [], 150_195, 1909],
		['llama3', [], 126_648, 0],
		['llama3', [GPT2], 126_648, 23_171],
		['llama3', [NOT_IGNORED], 126_648, 588],
		['deepseek-v3', [metaspace(true)], 126_527, 97_493],
		['deepseek-v3', [metaspace(false)], 126_527, 97_493]
	];
	it.each(sized(NUMBERS.slice(0, 1), NUMBERS))(
		'%s: as many as natively, %#',
		async (id, edits, tried, expected) => {
			const reference = nativeTokenizer(id, edits);
			const spec = packedSpec(id);
			const tokenizer = createTokenizer(spec);
			const special = specialIds(spec);
			const { ends } = spec.model.vocabulary;
			const ids = Array.from(ends.keys()).filter((token) => {
				if (special.has(token) || ends[token] === (ends[token - 1] ?? 0)) return false;
				return firstInvalidUtf8(tokenizer.tokenBytes(token)) < 0;
			});
			expect(ids).toHaveLength(tried);
			const alone = ids.map((token) => [token]);
			const texts = await reference.decodeBatch(alone, false);
			const encodings = await reference.encodeBatch(texts, { addSpecialTokens: false });
			const unreachable = ids.filter((token, i) => {
				const found = encodings[i].getIds();
				return found.length !== 1 || found[0] !== token;
			});
			expect(unreachable).toHaveLength(expected);
		}
	);
});
