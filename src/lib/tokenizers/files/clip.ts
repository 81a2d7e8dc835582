import { parseTokenizerJson, toByteLevel, type TokenizerSpec } from '../../engine';
import { createSpecialToken } from '../../engine/stages';
import { isClip } from './recognize';

/** 256 tokens for bytes, 256 for bytes at the end of a word, one for each merge used, and two special tokens. */
const VOCABULARY_SIZE = 49_408;
const MERGES = VOCABULARY_SIZE - 2 * 256 - 2;
const END_OF_WORD = '</w>';
const PATTERN = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

/** Maximum decompressed length, in UTF-16 code units, because a small gzip file may decompress to a huge one. */
const MAX_LENGTH = 1 << 24;

/** Decompresses CLIP's merges file; `null` if the gzip file contains something else. */
export async function readGzippedClip(bytes: Uint8Array): Promise<string | null> {
	const { readable, writable } = new DecompressionStream('gzip');
	const writer = writable.getWriter();
	// Errors can be ignored here, because reading damaged data below throws them too.
	writer.write(Uint8Array.from(bytes)).catch(() => undefined);
	writer.close().catch(() => undefined);
	const reader = readable.getReader();
	const decoder = new TextDecoder();
	let text = '';
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return isClip(text) ? text : null;
			text += decoder.decode(value, { stream: true });
			if (text.length > MAX_LENGTH || (text.length > 100 && !isClip(text))) return null;
		}
	} catch {
		return null;
	} finally {
		void reader.cancel().catch(() => undefined);
	}
}

/**
 * Reads the first 48,894 merges in CLIP's merges file; CLIP uses no others. The stages are the same as in Hugging
 * Face's conversion of CLIP's tokenizer. OpenAI's own tokenizer first repairs broken Unicode with ftfy and unescapes
 * HTML entities, and it lowercases a final Σ as ς.
 * @throws Error with a one-line message that gives the line number
 */
export function readClip(text: string): TokenizerSpec {
	const lines = text.split('\n').slice(1, MERGES + 1);
	lines.forEach((line, i) => {
		if (!/^\S+ \S+$/.test(line))
			throw new Error(
				`line ${i + 2}: got ${JSON.stringify(line.slice(0, 40))}, expected two tokens with a space between them`
			);
	});
	if (lines.length < MERGES)
		throw new Error(`got ${lines.length} merges, expected at least the ${MERGES} that CLIP uses`);
	const bytes = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte))).sort();
	const [start, end] = ['<|startoftext|>', '<|endoftext|>'];
	const tokens = [
		...bytes,
		...bytes.map((byte) => byte + END_OF_WORD),
		...lines.map((line) => line.replace(' ', '')),
		start,
		end
	];
	const special = [start, end].map((content) => ({
		...createSpecialToken(tokens.indexOf(content), content),
		normalized: true
	}));
	return parseTokenizerJson({
		normalizer: {
			type: 'Sequence',
			normalizers: [
				{ type: 'NFC' },
				{ type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
				{ type: 'Lowercase' }
			]
		},
		pre_tokenizer: {
			type: 'Sequence',
			pretokenizers: [
				{ type: 'Split', pattern: { Regex: PATTERN }, behavior: 'Removed', invert: true },
				{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
			]
		},
		post_processor: {
			type: 'RobertaProcessing',
			sep: [end, tokens.length - 1],
			cls: [start, tokens.length - 2],
			trim_offsets: false,
			add_prefix_space: false
		},
		decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
		model: {
			type: 'BPE',
			vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
			merges: lines,
			unk_token: end,
			continuing_subword_prefix: '',
			end_of_word_suffix: END_OF_WORD,
			fuse_unk: false
		},
		added_tokens: special
	});
}
