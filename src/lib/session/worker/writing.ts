/** Handler of the call that writes a tokenizer as files. */
import { platformSha256 } from '../../drift/sha256';
import type { TokenizerSpec } from '../../engine';
import { encodeUtf8, hexOf } from '../../engine/text';
import type { ReadOptions } from '../../tokenizers/files/read';
import { lossesOf, writeTokenizer, type TokenizerFormat } from '../../tokenizers/files/write';
import type { Handlers } from '../../workers/job';
import type { LoadedTokenizers, SpecSource } from './loaded-tokenizers';
import type { WritingCalls, WrittenTokenizer } from './writing-calls';

/** @param source provides the catalogue's specs */
export const createWritingHandlers = (
	tokenizers: LoadedTokenizers,
	source: SpecSource
): Handlers<WritingCalls> => ({
	async writeTokenizer(params, job) {
		const { tokenizer } = await tokenizers.lab(params, job);
		const loadKnown = (id: string) =>
			source(id, (progress) => job.progress({ phase: 'download', ...progress }));
		return job.exclusive(async () => ({
			result: await writeFiles(tokenizer.spec, params.format, loadKnown)
		}));
	}
});

/**
 * Writes a tokenizer, and lists what the format cannot hold.
 * @param loadKnown loads a tokenizer of the catalogue; without it, no .tiktoken file is recognised
 * @throws Error if the format cannot express the ids
 */
export async function writeFiles(
	spec: TokenizerSpec,
	format: TokenizerFormat,
	loadKnown?: ReadOptions['loadKnown']
): Promise<WrittenTokenizer> {
	const sha256 = platformSha256();
	const files = writeTokenizer(spec, format);
	const losses = await lossesOf(spec, format, {
		sha256: sha256 ? async (bytes) => hexOf(await sha256(bytes)) : undefined,
		loadKnown
	});
	return { losses, files: files.map(({ name, text }) => ({ name, bytes: encodeUtf8(text) })) };
}
