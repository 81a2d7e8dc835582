import { KIMI_PATTERN } from '../../engine/stages';
import {
	LITELLM,
	llamaCpp,
	LONG_S,
	modelsFrom,
	page,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const K2_README = page(
	'https://github.com/MoonshotAI/Kimi-K2/blob/c6157be8531e1c52f5dfd3bb91a1275b089eac50/README.md',
	'2025-07-31'
);
const K25_README = page(
	'https://github.com/MoonshotAI/Kimi-K2.5/blob/3e60763b943e93c443287c383e0468ffe05b188f/README.md',
	'2026-01-31'
);

export const descriptor: TokenizerDescriptor = {
	id: 'kimi-k2',
	since: '2025-07-11',
	family: 'Moonshot AI',
	vocabularySize: 163840,
	kind: 'byte-level BPE',
	preTokenizer:
		'Runs of Chinese characters first; words split at a change from lower to upper case, with their contraction; numbers of up to three digits',
	bos: null,
	licence: {
		name: 'Modified MIT',
		url: 'https://github.com/MoonshotAI/Kimi-K2/blob/c6157be8531e1c52f5dfd3bb91a1275b089eac50/LICENSE',
		copy: 'kimi-k2.txt'
	},
	source: { registry: 'crates.io', package: 'splintr-vocab-kimi', version: '1.0.0' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	chatTemplate: {
		file: 'kimi-k2.jinja',
		model: 'Kimi K2 Instruct',
		...llamaCpp('Kimi-K2-Instruct')
	},
	models: [
		...modelsFrom('Moonshot AI', K2_README, [
			{
				name: 'Kimi K2',
				...stated(K2_README, { released: '2025-07-11', contextWindow: 131_072 })
			}
		]),
		...modelsFrom('Moonshot AI', K25_README, [
			{
				name: 'Kimi K2.5',
				...stated(page('https://github.com/anomalyco/models.dev/pull/720', '2026-01-27'), {
					released: '2026-01'
				}),
				...stated(K25_README, { contextWindow: 262_144 }),
				...stated(LITELLM, { price: [0.6, 3], retired: '2026-08-31' })
			}
		]),
		...modelsFrom(
			'Moonshot AI',
			page('https://github.com/smg-project/smg/pull/1482', '2026-05-13'),
			[
				{
					name: 'Kimi K2.6',
					...stated(LITELLM, { contextWindow: 262_144, price: [0.95, 4] })
				}
			]
		),
		...modelsFrom('Moonshot AI', LITELLM, [
			{
				name: 'Kimi K3',
				note: 'The same text tokens; some special tokens have other names.',
				...stated(LITELLM, { contextWindow: 1_048_576, price: [3, 15] })
			}
		])
	]
};

/** Names by id. All other ids from 163,584 to 163,839 are reserved. */
const NAMES: Readonly<Record<number, string>> = {
	163584: '[BOS]',
	163585: '[EOS]',
	163586: '<|im_end|>',
	163587: '<|im_user|>',
	163588: '<|im_assistant|>',
	163590: '<|start_header_id|>',
	163591: '<|end_header_id|>',
	163593: '[EOT]',
	163594: '<|im_system|>',
	163595: '<|tool_calls_section_begin|>',
	163596: '<|tool_calls_section_end|>',
	163597: '<|tool_call_begin|>',
	163598: '<|tool_call_argument_begin|>',
	163599: '<|tool_call_end|>',
	163601: '<|im_middle|>',
	163602: '<|media_begin|>',
	163603: '<|media_content|>',
	163604: '<|media_end|>',
	163605: '<|media_pad|>',
	163606: '<think>',
	163607: '</think>',
	163838: '[UNK]',
	163839: '[PAD]'
};

const specialTokens = /* @__NO_SIDE_EFFECTS__ */ () =>
	Array.from({ length: 256 }, (_, i) => NAMES[163584 + i] ?? `<|reserved_token_${163584 + i}|>`);

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'splintr-vocab-kimi-1.0.0.crate',
	archiveSha256: 'f246d725b9fe63f2c4cf9bad097c89e48cc2a57f8c3634daa5ef2b74158a071c',
	path: 'splintr-vocab-kimi-1.0.0/vocabs/kimi.tiktoken',
	sha256: 'b6c497a7469b33ced9c38afb1ad6e47f03f5e5dc05f15930799210ec050c5103',
	reads: { format: 'tiktoken ranks', pattern: KIMI_PATTERN, specialTokens: specialTokens() }
};
