import { downloadFile, downloadName } from '../../session/download-file';
import type { WrittenTokenizer } from '../../session/calls/writing';
import type { TokenizerFormat } from '../../tokenizers/files/write';
import { formatList } from '../../session/format';

/** A tokenizer that was written as files, which are not downloaded yet. */
export interface TokenizerExport extends WrittenTokenizer {
	/** Begins the names of the downloads. */
	readonly name: string;
}

/** Formats that a tokenizer can be exported to, as a menu shows them. */
export const EXPORT_FORMATS: readonly {
	readonly format: TokenizerFormat;
	readonly name: string;
	readonly note: string;
}[] = [
	{
		format: 'tokenizer.json',
		name: 'tokenizer.json',
		note: 'For Hugging Face tokenizers and transformers.js. Holds every stage.'
	},
	{ format: 'tiktoken', name: '.tiktoken', note: 'For tiktoken. Holds tokens and ids alone.' },
	{
		format: 'vocab-merges',
		name: 'vocab.json and merges.txt',
		note: 'The two files of GPT-2. Hold tokens, ids and merges.'
	}
];

/** Says what files of a format lack; `null` if they lack nothing. @param format user-facing name */
export const describeLosses = (format: string, losses: readonly string[]): string | null =>
	losses.length === 0
		? null
		: `${format} cannot hold ${formatList(losses)}. Without ${losses.length === 1 ? 'it' : 'them'}, a program gets different ids.`;

/** Offers the files of a tokenizer as downloads. */
export function downloadTokenizer({ name, files }: TokenizerExport): void {
	for (const file of files)
		downloadFile(downloadName(name, file.name), 'application/octet-stream', file.bytes);
}
