import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { createTokenizer, type TokenizerSpec } from '../../engine';
import { applyEdit } from '../edits/apply';
import type { SpecEdit } from '../edits/spec-edit';
import { compareMerges } from '../merges';
import { compareVocabularies } from '../vocabulary';
import { compareConfigs } from './config';
import { probes } from './probes';

function compare(a: TokenizerSpec, b: TokenizerSpec) {
	const { idInA } = compareVocabularies(a, b);
	const merges = compareMerges(a.model, b.model, idInA);
	return compareConfigs(createTokenizer(a), createTokenizer(b), merges);
}

const edited = (id: string, edit: SpecEdit) =>
	compare(packedSpec(id), applyEdit(packedSpec(id), edit));

describe('compareConfigs', () => {
	it('finds nothing between a tokenizer and itself, or a copy with its fields in another order', () => {
		const spec = packedSpec('qwen3');
		expect(compare(spec, spec)).toEqual([]);
		const reversed = (value: unknown): unknown => {
			if (typeof value !== 'object' || value === null) return value;
			if (Array.isArray(value)) return value.map(reversed);
			return Object.fromEntries(
				Object.entries(value)
					.map(([key, inner]) => [key, reversed(inner)] as const)
					.reverse()
			);
		};
		const { model, ...stages } = spec;
		expect(compare(spec, { ...(reversed(stages) as Omit<TokenizerSpec, 'model'>), model })).toEqual(
			[]
		);
	});

	it('shows regexes with their first difference and an input that they cut differently', () => {
		const regex =
			"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
		expect(edited('llama3', { kind: 'split-regex', split: 0, regex })).toMatchObject([
			{
				field: 'pre_tokenizer.pretokenizers[0].pattern.Regex',
				severity: 'silent',
				b: JSON.stringify(regex),
				firstDifference: { at: 59, a: expect.stringMatching(/^\{1,3\}/) as string },
				example: { input: '3333', a: ['333', '3'], b: ['3', '3', '3', '3'] }
			}
		]);
	});

	it('calls another spelling of a regex harmless, and says how many inputs were tried', () => {
		const regex = ' ?\\p{L}{1,}|\\p{N}+|[^\\p{L}\\p{N}]';
		const spec = smallRanks();
		const [found, ...more] = compare(
			spec,
			applyEdit(spec, { kind: 'split-regex', split: 0, regex })
		);
		expect(more).toEqual([]);
		expect(found).toMatchObject({ severity: 'harmless', example: null });
		expect(found.tried).toBeGreaterThan([...probes()].length);
		expect(found.sentence).toContain(`None of ${found.tried.toLocaleString('en')} inputs`);
	});

	it.each<[string, string, string, string]>([
		['a word', '\\p{L}+|[^\\p{L}]+', 'hello|\\p{L}+|[^\\p{L}]+', 'hellohello'],
		['a letter that may be left out', 'colour|.', 'colou?r|.', 'color'],
		['a script', '\\p{L}+|[^\\p{L}]+', '\\p{Thai}|\\p{L}+|[^\\p{L}]+', 'กก'],
		['a sign by its code point', '[^a]+|a', '\\x{A7}|[^a]+|a', '§§'],
		['the end of a range', '[a-m]|.+', '[a-o]|.+', 'aoa'],
		['the length of a run', '\\d{1,30}|\\D+', '\\d{1,31}|\\D+', '7'.repeat(31)],
		['a sign that nothing else has', '[^~]+|~', '[^~]+|~+', '~~']
	])('finds an input that shows %s of a regex', (_, first, second, input) => {
		const [a, b] = [first, second].map((regex) =>
			applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex })
		);
		expect(compare(a, b)).toMatchObject([{ severity: 'silent', example: { input } }]);
	});

	it('finds an input that shows a text that is replaced', () => {
		const replace = { type: 'Replace', pattern: { String: '``' }, content: '"' } as const;
		expect(edited('gpt2', { kind: 'normalizer', value: replace })).toMatchObject([
			{ field: 'normalizer', severity: 'silent', example: { input: '``', a: ['``'], b: ['"'] } }
		]);
		const decoders = [{ type: 'Fuse' }, { ...replace, pattern: { String: 'zq' } }] as const;
		const decoder = { type: 'Sequence', decoders } as const;
		const base = applyEdit(packedSpec('gpt2'), { kind: 'decoder', value: { type: 'Fuse' } });
		expect(compare(base, applyEdit(base, { kind: 'decoder', value: decoder }))).toMatchObject([
			{ field: 'decoder', severity: 'silent', example: { input: 'zq' } }
		]);
	});

	it('looks behind an added token, too, where only a text’s beginning is treated otherwise', () => {
		const metaspace = (prepend_scheme: 'first' | 'always') =>
			applyEdit(smallSentencePiece(), {
				kind: 'pre_tokenizer',
				value: { type: 'Metaspace', replacement: '▁', prepend_scheme, split: false }
			});
		const [first, always] = [metaspace('first'), metaspace('always')];
		const [{ content }] = first.added_tokens;
		expect(compare(first, always)).toMatchObject([
			{
				field: 'pre_tokenizer.prepend_scheme',
				severity: 'silent',
				example: { input: `${content}3333`, a: ['3333'], b: ['▁3333'] }
			}
		]);
		// Without one, every text is a beginning.
		const bare = (spec: TokenizerSpec): TokenizerSpec => ({ ...spec, added_tokens: [] });
		expect(compare(bare(first), bare(always))).toMatchObject([{ severity: 'harmless' }]);
	});

	it('sees that GPT-2’s pattern written as a Split cuts as ByteLevel’s own', () => {
		const value = {
			type: 'ByteLevel',
			add_prefix_space: false,
			trim_offsets: true,
			use_regex: true
		} as const;
		expect(edited('gpt2', { kind: 'pre_tokenizer', value })).toMatchObject([
			{ field: 'pre_tokenizer', severity: 'harmless' }
		]);
	});

	it('says that a pre-tokenizer without ByteLevel changes what the model reads, also where it cuts alike', () => {
		const { pre_tokenizer } = packedSpec('gpt2');
		const value = pre_tokenizer?.type === 'Sequence' ? pre_tokenizer.pretokenizers[0] : null;
		const found = edited('gpt2', { kind: 'pre_tokenizer', value });
		expect(found.find(({ field }) => field === 'pre_tokenizer')).toMatchObject({
			severity: 'silent',
			sentence: expect.stringContaining('byte alphabet') as string
		});
	});

	it('blames the field that changes something, not one beside it', () => {
		const step = (add_prefix_space: boolean, trim_offsets: boolean) =>
			({ type: 'ByteLevel', add_prefix_space, trim_offsets, use_regex: true }) as const;
		const base = applyEdit(smallRanks(), { kind: 'pre_tokenizer', value: step(false, false) });
		const other = applyEdit(base, { kind: 'pre_tokenizer', value: step(true, true) });
		expect(compare(base, other).map(({ field, severity }) => [field, severity])).toEqual([
			['pre_tokenizer.add_prefix_space', 'silent'],
			['pre_tokenizer.trim_offsets', 'harmless']
		]);
	});

	it.each<[string, SpecEdit, object]>([
		[
			'qwen3',
			{ kind: 'normalizer', value: null },
			{
				field: 'normalizer',
				severity: 'silent',
				example: { input: 'cafe\u0301', a: ['café'], b: ['cafe\u0301'] }
			}
		],
		[
			'gemma3',
			{ kind: 'clean-up-spaces', value: true },
			{
				field: 'decoder',
				severity: 'silent',
				example: { input: 'x != y', a: ['x != y'], b: ['x!= y'] }
			}
		],
		[
			'gemma3',
			{ kind: 'bos', times: 0, token: null },
			{ field: 'post_processor', severity: 'silent' }
		],
		[
			'llama3',
			{ kind: 'ignore-merges', value: false },
			{
				field: 'model.ignore_merges',
				a: 'true',
				b: 'false',
				severity: 'silent',
				sentence: expect.stringContaining('588 tokens') as string
			}
		],
		[
			'llama3',
			{ kind: 'swap-merges', ranks: [5, 9] },
			{ field: 'model.merges', severity: 'silent', sentence: 'another order from rank 5 on.' }
		],
		[
			'llama3',
			{ kind: 'added-token-flags', which: { contents: ['<|eot_id|>'] }, flags: { rstrip: true } },
			{ field: 'added_tokens[].rstrip', a: 'false', b: 'true', severity: 'silent' }
		],
		[
			'llama3',
			{
				kind: 'added-token-flags',
				which: { contents: ['<|eot_id|>'] },
				flags: { normalized: true }
			},
			// Without a normalizer the flag has nothing to say.
			{ field: 'added_tokens[].normalized', severity: 'harmless' }
		]
	])('%s: %j', (id, edit, expected) => {
		expect(edited(id, edit)).toMatchObject([expected]);
	});

	it('calls ignore_merges harmless where merging gives every token', () => {
		const base = applyEdit(packedSpec('gpt2'), { kind: 'ignore-merges', value: true });
		const off = applyEdit(base, { kind: 'ignore-merges', value: false });
		expect(compare(base, off)).toMatchObject([
			{ field: 'model.ignore_merges', severity: 'harmless' }
		]);
	});

	it('calls merges that are listed here and implied there a matter of formatting', () => {
		const listed = applyEdit(packedSpec('gpt2'), { kind: 'ignore-merges', value: false });
		expect(compare(packedSpec('gpt2'), listed)).toMatchObject([
			{ field: 'model.merges', severity: 'formatting-only' }
		]);
	});

	it('calls a stage of no steps and no stage the same', () => {
		const a = packedSpec('deepseek-v3');
		expect(compare(a, { ...a, normalizer: null })).toMatchObject([
			{
				field: 'normalizer',
				a: '{"type":"Sequence","normalizers":[]}',
				b: 'null',
				severity: 'formatting-only'
			}
		]);
	});

	it('weighs what happens to unknown characters by whether there are any', () => {
		const known = smallSentencePiece();
		const withModel = (
			spec: TokenizerSpec,
			model: Partial<TokenizerSpec['model']>
		): TokenizerSpec => ({
			...spec,
			model: { ...spec.model, ...model }
		});
		// All 256 bytes have an entry, so nothing is unknown.
		expect(compare(known, withModel(known, { fuse_unk: false }))).toMatchObject([
			{ field: 'model.fuse_unk', severity: 'harmless' }
		]);
		const unknown = withModel(known, { byte_fallback: false });
		expect(compare(known, unknown)).toMatchObject([
			{ field: 'model.byte_fallback', severity: 'silent' }
		]);
		expect(compare(unknown, withModel(unknown, { unk_token: null }))).toMatchObject([
			{ field: 'model.unk_token', severity: 'silent' }
		]);
		// Without a token for it, what is unknown is dropped, and there is nothing to fuse.
		const dropped = withModel(unknown, { unk_token: null });
		expect(compare(dropped, withModel(dropped, { fuse_unk: false }))).toMatchObject([
			{ field: 'model.fuse_unk', severity: 'harmless' }
		]);
		expect(compare(unknown, withModel(unknown, { fuse_unk: false }))).toMatchObject([
			{ field: 'model.fuse_unk', severity: 'silent' }
		]);
	});

	it('lists added tokens that only one side has, or that moved', () => {
		expect(
			edited('llama3', { kind: 'drop-added-tokens', which: { contents: ['<|eot_id|>'] } })
		).toMatchObject([
			{
				field: 'added_tokens',
				a: '[{"id":128009,"content":"<|eot_id|>"}]',
				b: '[]',
				severity: 'silent',
				sentence: 'B lacks 1 token ("<|eot_id|>").'
			}
		]);
		expect(edited('llama3', { kind: 'shift-ids', from: 128_255, by: 1 })).toMatchObject([
			{
				field: 'added_tokens',
				sentence: '1 token moved ("<|reserved_special_token_250|>").'
			}
		]);
	});

	it('sees that a pair of texts is laid out otherwise', () => {
		const spec = smallRanks();
		const template = (pair: readonly ['A' | 'B', 'A' | 'B']) => ({
			...spec,
			post_processor: {
				type: 'TemplateProcessing',
				single: [{ Sequence: { id: 'A', type_id: 0 } }],
				pair: pair.map((id) => ({ Sequence: { id, type_id: 0 } })),
				special_tokens: {}
			} satisfies TokenizerSpec['post_processor']
		});
		expect(compare(template(['A', 'B']), template(['B', 'A']))).toMatchObject([
			{ field: 'post_processor', severity: 'silent' }
		]);
		expect(compare(template(['A', 'B']), { ...spec, post_processor: null })).toMatchObject([
			{ field: 'post_processor', severity: 'harmless' }
		]);
	});

	it('calls a post-processor that only moves offsets harmless', () => {
		expect(edited('llama3', { kind: 'post_processor', value: null })).toMatchObject([
			{ field: 'post_processor', severity: 'harmless' }
		]);
	});
});

describe('probes', () => {
	it('are the same every time, the telling ones first, then by length', () => {
		const all = [...probes()];
		expect([...probes()]).toEqual(all);
		expect(all[0]).toBe('3333');
		// 30 + 900 + 27,000 rows of kinds.
		expect(all.length).toBeGreaterThan(30 + 900 + 27_000);
	});
});
