import { downloadFile, downloadName } from '../../session/download-file';
import type { WrittenTokenizer } from '../../session/calls/writing';
import type { TokenizerFormat } from '../../tokenizers/files/write';
import { formatList } from '../../session/format';

/** A tokenizer written to files that haven't been downloaded yet. */
export interface TokenizerExport extends WrittenTokenizer {
	/** Prefix of the downloaded files' names. */
	readonly name: string;
}

/** Export formats, as shown in a menu. */
export const EXPORT_FORMATS: readonly {
	readonly format: TokenizerFormat;
	readonly name: string;
	readonly note: string;
}[] = [
	{
		format: 'tokenizer.json',
		name: 'tokenizer.json',
		note: 'For Hugging Face tokenizers and transformers.js. Contains every stage.'
	},
	{ format: 'tiktoken', name: '.tiktoken', note: 'For tiktoken. Contains only tokens and ids.' },
	{
		format: 'vocab-merges',
		name: 'vocab.json and merges.txt',
		note: 'The two files GPT-2 comes in. They contain tokens, ids and merges.'
	}
];

/** Describes what files in a format leave out; `null` if they contain everything. @param format user-facing name */
export const describeLosses = (format: string, losses: readonly string[]): string | null =>
	losses.length === 0
		? null
		: `${format} cannot hold ${formatList(losses)}. Without ${losses.length === 1 ? 'it' : 'them'}, programs that read the file get different ids.`;

export function downloadTokenizer({ name, files }: TokenizerExport): void {
	for (const file of files)
		downloadFile(downloadName(name, file.name), 'application/octet-stream', file.bytes);
}
