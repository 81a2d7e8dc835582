import type { TokenizerSpec } from '../../engine';
import { parseExactJson, readTokenizerJson } from '../../tokenizers/files/json';
import { isObject } from '../../tokenizers/files/library-file';
import { NO_BATCH_FIELDS, type BatchFields } from '../batches';
import type { JudgedSide } from '../judge';
import type { AddedIds } from '../second-reference';
import { messageOf } from '../utilities';
import { nativeLoads } from './native-loads';

/** A tokenizer with the other contents of its file. */
export interface TokenizerSource extends Pick<JudgedSide, 'batch' | 'loads' | 'addedIds'> {
	/** Text of the file; absent for a tokenizer of the catalogue. */
	readonly text?: string;
	/** Texts of the files beside a tokenizer.json in its folder, by name; absent for a single file. */
	readonly beside?: ReadonlyMap<string, string>;
	/** `null` if native refuses the file and the engine cannot read it either. */
	readonly spec: TokenizerSpec | null;
	/** Why the engine cannot read it. */
	readonly problem?: string;
	/** Parts of the file in a format too new for transformers.js. */
	readonly newerFormats?: readonly string[];
}

/**
 * Reads a tokenizer.json or the JSON of a tiktoken encoding, and predicts whether Hugging Face's library loads it.
 * @throws Error in one line if the text is no tokenizer, or one that native loads and the engine cannot read
 */
export function readTokenizerFile(text: string): TokenizerSource {
	const document = parseExactJson(text);
	const { value } = document;
	if (!isObject(value) || Object.hasOwn(value, 'bpe_ranks') || !Object.hasOwn(value, 'model')) {
		const { spec } = readTokenizerJson(value);
		return { text, spec, batch: NO_BATCH_FIELDS, loads: 'yes' };
	}
	// A file of which only native could tell counts as loaded.
	const loads = nativeLoads(document) ?? 'yes';
	const { file, dropout } = withoutDropout(value);
	const { spec, problem } =
		loads === 'yes' ? { ...readTokenizerJson(file), problem: undefined } : readRefused(file);
	const { truncation = null, padding = null } = value as Partial<BatchFields>;
	return {
		text,
		spec,
		problem,
		batch: { truncation, padding, dropout },
		loads,
		addedIds: spec ? addedIdsOf(value, spec) : undefined,
		newerFormats: newerFormatsOf(value)
	};
}

/** The engine's reading of a file that native refuses, or why it cannot read it either. */
function readRefused(file: object): Pick<TokenizerSource, 'spec' | 'problem'> {
	try {
		return { spec: readTokenizerJson(file).spec };
	} catch (error) {
		return { spec: null, problem: messageOf(error) };
	}
}

/** The file without dropout, and the share of merges that it skips at random. */
function withoutDropout(file: object): { readonly file: object; readonly dropout: unknown } {
	const { model } = file as { readonly model?: unknown };
	if (typeof model !== 'object' || model === null || !('dropout' in model)) {
		return { file, dropout: null };
	}
	const { dropout } = model;
	if (typeof dropout !== 'number' || dropout <= 0) return { file, dropout: null };
	return { file: { ...file, model: { ...model, dropout: null } }, dropout };
}

/** Ids of added tokens in the file; `undefined` if native gives the same. */
function addedIdsOf(file: object, { added_tokens }: TokenizerSpec): AddedIds | undefined {
	const listed =
		'added_tokens' in file && Array.isArray(file.added_tokens) ? file.added_tokens : [];
	const ids = new Map<string, number>();
	for (const token of listed as { readonly content: string; readonly id: number }[]) {
		ids.set(token.content, token.id);
	}
	return added_tokens.some(({ content, id }) => ids.get(content) !== id) ? ids : undefined;
}

/** Formats that tokenizers from 0.19 and 0.20 on write, and @xenova/transformers 2.17.2 cannot read. */
function newerFormatsOf(file: { readonly model?: unknown }): string[] {
	const { merges } = (file.model ?? {}) as { readonly merges?: unknown };
	const isPairs = Array.isArray(merges) && Array.isArray(merges[0]);
	return [
		...(isPairs ? ['merges as pairs'] : []),
		...(hasNewMetaspace(file) ? ['a Metaspace without add_prefix_space'] : [])
	];
}

function hasNewMetaspace(file: object): boolean {
	const { pre_tokenizer, decoder } = file as Record<string, unknown>;
	const isNew = (step: unknown): boolean => {
		if (typeof step !== 'object' || step === null) return false;
		const { type, pretokenizers, decoders, add_prefix_space } = step as Record<string, unknown>;
		if (type === 'Metaspace') return add_prefix_space === undefined;
		return [pretokenizers, decoders].some((steps) => Array.isArray(steps) && steps.some(isNew));
	};
	return isNew(pre_tokenizer) || isNew(decoder);
}
