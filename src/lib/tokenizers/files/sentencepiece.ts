import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { AddedTokenSpec, NormalizerSpec, TokenizerSpec } from '../../engine';
import { createSpecialToken, encodeBase64, Field, parseNormalizer } from '../../engine/stages';
import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import { bosTemplate } from './bos-template';
import { mergesFromScores, sentencePieceDecoder, stringVocabulary } from './sentencepiece-merges';
import type { SlicedFile, TokenizerReading } from './types';

/** The largest published models have 5 MB. */
const MAX_FILE_BYTES = 64 << 20;
const MAX_PIECES = 1 << 20;

/** Types of pieces in sentencepiece_model.proto. */
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
const UNUSED = 5;
const BYTE = 6;

const MODEL_TYPES = ['', 'Unigram', 'BPE', 'words', 'characters'];
const NEEDS = [
	'',
	'which needs the most probable split instead of merges',
	'',
	'which has no merges',
	'which has no merges'
];

/** The parts of a `ModelProto` that matter for tokenizing. */
interface SentencePieceModel {
	readonly pieces: readonly string[];
	readonly scores: readonly number[];
	readonly types: readonly number[];
	readonly modelType: number;
	readonly byteFallback: boolean;
	readonly treatsSpaceAsSuffix: boolean;
	readonly ids: Readonly<Record<'unk' | 'bos' | 'eos', number>>;
	readonly normalizer: {
		readonly name: string;
		readonly charsmap: Uint8Array;
		readonly addsPrefix: boolean;
		readonly removesSpaces: boolean;
		readonly escapesSpaces: boolean;
	};
	readonly denormalizes: boolean;
}

/**
 * Reads a SentencePiece model (`tokenizer.model`) of type BPE, as Hugging Face's converter turns it into a
 * tokenizer.json. Merges follow from the scores.
 * @throws Error in one line if the file is damaged, or has another type or a feature that merges cannot reproduce
 */
export async function readSentencePiece(file: SlicedFile): Promise<TokenizerReading> {
	if (file.size > MAX_FILE_BYTES) {
		throw new Error(
			`SentencePiece model: got ${file.size} bytes, expected at most ${MAX_FILE_BYTES}`
		);
	}
	const model = parseModel(await file.read(0, file.size));
	refuseUnsupported(model);
	const { pieces, types, normalizer, ids } = model;
	const { addsPrefix, name } = normalizer;
	const stated = [
		`The model has ${pieces.length} pieces of type BPE.`,
		`Its normalizer is ${JSON.stringify(name.slice(0, 40))}.`,
		addsPrefix ? 'A space is put before the text.' : 'No space is put before the text.'
	];
	if (normalizer.removesSpaces) {
		stated.push('Repeated spaces, and those at the start and end of a text, are removed.');
	}
	const isPrefixed = addsPrefix && types.includes(USER_DEFINED);
	const isPiece = (id: number) => pieces[id] !== undefined;
	return {
		format: 'SentencePiece model',
		files: [file.name],
		spec: {
			normalizer: normalizerOf(normalizer),
			pre_tokenizer: null,
			model: {
				type: 'BPE',
				vocabulary: stringVocabulary(pieces),
				byte_level: false,
				merges: mergesFromScores(pieces, model.scores, (id) => types[id] === NORMAL),
				unk_token: isPiece(ids.unk) ? pieces[ids.unk] : null,
				fuse_unk: true,
				byte_fallback: model.byteFallback,
				ignore_merges: false
			},
			post_processor: bosTemplate(pieces, { bos: isPiece(ids.bos) ? ids.bos : null, eos: null }),
			decoder: sentencePieceDecoder(addsPrefix),
			added_tokens: addedTokens(model)
		} satisfies TokenizerSpec,
		stated,
		assumed: [
			'Merges follow from the scores, in the order of Hugging Face’s converter.',
			...(isPrefixed
				? [
						'After a user-defined piece a space is added again, as llama.cpp does; SentencePiece adds one only before the text.'
					]
				: []),
			...(isPiece(ids.bos)
				? [
						`BOS is ${JSON.stringify(pieces[ids.bos])} before each text, if special tokens are added, as in Llama 2.`
					]
				: [])
		],
		unsupported: []
	};
}

function refuseUnsupported(model: SentencePieceModel): void {
	const { modelType, types, pieces } = model;
	if (modelType !== 2) {
		throw new Error(
			`SentencePiece model: got the type ${MODEL_TYPES[modelType] ?? modelType}${NEEDS[modelType] ? `, ${NEEDS[modelType]}` : ''}; expected BPE`
		);
	}
	if (model.treatsSpaceAsSuffix) {
		throw new Error(
			'SentencePiece model: got treat_whitespace_as_suffix, expected spaces before words; the lab cannot reproduce it'
		);
	}
	if (model.denormalizes) {
		throw new Error(
			'SentencePiece model: got a denormalizer, expected none; the lab cannot reproduce it'
		);
	}
	const unused = types.indexOf(UNUSED);
	if (unused >= 0) {
		throw new Error(
			`SentencePiece model: got the unused piece ${JSON.stringify(pieces[unused].slice(0, 40))}, which is split again; expected none`
		);
	}
	const bytes = types.filter((type) => type === BYTE).length;
	if (model.byteFallback && bytes !== 256) {
		throw new Error(
			`SentencePiece model: got byte fallback with ${bytes} byte pieces, expected 256`
		);
	}
}

/** The steps that SentencePiece's normalizer takes, in its order. @throws Error for a rule that cannot be reproduced */
function normalizerOf({
	name,
	charsmap,
	addsPrefix,
	removesSpaces,
	escapesSpaces
}: SentencePieceModel['normalizer']): NormalizerSpec | null {
	const replace = (Regex: string, content: string) =>
		({ type: 'Replace', pattern: { Regex }, content }) as const;
	const steps: NormalizerSpec[] = [];
	if (charsmap.length > 0) {
		try {
			const precompiled_charsmap = encodeBase64(charsmap);
			const step = { type: 'Precompiled', precompiled_charsmap, match: 'longest' };
			steps.push(parseNormalizer(new Field(step, 'normalizer_spec')) as NormalizerSpec);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new Error(
				`SentencePiece model: the normalizer ${JSON.stringify(name.slice(0, 40))} cannot be reproduced (${reason})`,
				{ cause: error }
			);
		}
	}
	if (removesSpaces) {
		steps.push(replace('\\A +', ''), replace('[ ▁]+\\z', ''), replace(' {2,}', ' '));
	}
	if (addsPrefix) steps.push({ type: 'Prepend', prepend: escapesSpaces ? '▁' : ' ' });
	if (escapesSpaces) steps.push({ type: 'Replace', pattern: { String: ' ' }, content: '▁' });
	if (steps.length < 2) return steps[0] ?? null;
	return { type: 'Sequence', normalizers: steps };
}

/**
 * Control and unknown pieces are special tokens. User-defined ones are found before merging: in normalized text, unless
 * normalizing would put a space before the piece itself.
 */
const addedTokens = ({ pieces, types, normalizer }: SentencePieceModel): AddedTokenSpec[] =>
	pieces.flatMap((content, id): AddedTokenSpec[] => {
		const type = types[id];
		if (type === USER_DEFINED) {
			return [
				{ ...createSpecialToken(id, content), special: false, normalized: !normalizer.addsPrefix }
			];
		}
		return type === CONTROL || type === UNKNOWN ? [createSpecialToken(id, content)] : [];
	});

/** A message of the file: calls `read` for each field that it knows and skips the others. */
function readMessage(
	bytes: Uint8Array,
	name: string,
	read: (field: number, reader: BinaryReader, wireType: WireType) => boolean
): void {
	const reader = new BinaryReader(bytes);
	try {
		while (reader.pos < reader.len) {
			const [field, wireType] = reader.tag();
			if (wireType === WireType.StartGroup || wireType === WireType.EndGroup) {
				throw new Error('it has a group');
			}
			if (!read(field, reader, wireType)) reader.skip(wireType);
			if (reader.pos > reader.len) throw new Error('it ends too early');
		}
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const isOwn = reason.startsWith('SentencePiece model');
		throw new Error(
			isOwn ? reason : `SentencePiece model: ${name} is damaged at byte ${reader.pos} (${reason})`,
			{ cause: error }
		);
	}
}

/** Requires the wire type of a field. */
function expect(found: WireType, expected: WireType): void {
	if (found !== expected) throw new Error(`got the wire type ${found}, expected ${expected}`);
}

function parseModel(bytes: Uint8Array): SentencePieceModel {
	const pieces: string[] = [];
	const scores: number[] = [];
	const types: number[] = [];
	const ids = { unk: 0, bos: 1, eos: 2 };
	const charsmap = new Uint8Array(0);
	const normalizer = {
		name: '',
		charsmap,
		addsPrefix: true,
		removesSpaces: true,
		escapesSpaces: true
	};
	const model = {
		modelType: 1,
		byteFallback: false,
		treatsSpaceAsSuffix: false,
		denormalizes: false
	};
	const found = new Set<number>();
	readMessage(bytes, 'the file', (field, reader, wireType) => {
		if (field >= FIRST_EXTENSION) return false;
		// A field that the format does not have may be the rest of a damaged one.
		if (field < 1 || field > 5)
			throw new Error(
				`got the field ${field}, expected 1 to 5; the file may be damaged, so get it again`
			);
		expect(wireType, WireType.LengthDelimited);
		const part = reader.bytes();
		found.add(field);
		if (field === 4) return true;
		if (field === 1) {
			if (pieces.length === MAX_PIECES) throw new Error(`more than ${MAX_PIECES} pieces`);
			const { piece, score, type } = parsePiece(part);
			pieces.push(piece);
			scores.push(score);
			types.push(type);
		} else if (field === 2) {
			parseTrainer(part);
		} else {
			parseNormalizerSpec(part, field === 3);
		}
		return true;
	});
	function parseTrainer(part: Uint8Array): void {
		readMessage(part, 'trainer_spec', (field, reader, wireType) => {
			if (![3, 24, 35, 40, 41, 42].includes(field)) return false;
			expect(wireType, WireType.Varint);
			const value = reader.int32();
			if (field === 3) model.modelType = value;
			if (field === 24) model.treatsSpaceAsSuffix = value !== 0;
			if (field === 35) model.byteFallback = value !== 0;
			if (field === 40) ids.unk = value;
			if (field === 41) ids.bos = value;
			if (field === 42) ids.eos = value;
			return true;
		});
	}
	function parseNormalizerSpec(part: Uint8Array, encodes: boolean): void {
		readMessage(part, 'normalizer_spec', (field, reader, wireType) => {
			if (field < 1 || field > 5) return false;
			expect(wireType, field < 3 ? WireType.LengthDelimited : WireType.Varint);
			const text = field < 3 ? reader.bytes() : new Uint8Array(0);
			const flag = field < 3 ? false : reader.bool();
			if (!encodes) model.denormalizes ||= field === 2 && text.length > 0;
			else if (field === 1) normalizer.name = decodeUtf8(text);
			else if (field === 2) normalizer.charsmap = text.slice();
			else if (field === 3) normalizer.addsPrefix = flag;
			else if (field === 4) normalizer.removesSpaces = flag;
			else normalizer.escapesSpaces = flag;
			return true;
		});
	}
	const seen = new Set<string>();
	for (const piece of pieces) {
		if (seen.size === seen.add(piece).size) {
			throw new Error(
				`SentencePiece model: got the piece ${JSON.stringify(piece.slice(0, 40))} twice, expected each once`
			);
		}
	}
	if (pieces.length === 0) throw new Error('SentencePiece model: got no pieces, expected some');
	// Every program that writes models writes both, after the pieces. Without them, their defaults would be read.
	for (const [field, name] of [
		[2, 'trainer_spec'],
		[3, 'normalizer_spec']
	] as const) {
		if (!found.has(field)) {
			throw new Error(
				`SentencePiece model: got no ${name}, expected one after the pieces; the file may be cut off, so get it again`
			);
		}
	}
	return { pieces, scores, types, ids, normalizer, ...model };
}

/** Fields from here on are left to other programs. */
const FIRST_EXTENSION = 200;

function parsePiece(bytes: Uint8Array) {
	let piece: string | null = null;
	let score = 0;
	let type = NORMAL;
	readMessage(bytes, 'a piece', (field, reader, wireType) => {
		if (field >= FIRST_EXTENSION) return false;
		if (field < 1 || field > 3)
			throw new Error(
				`got the field ${field}, expected 1 to 3; the file may be damaged, so get it again`
			);
		if (field === 1) {
			expect(wireType, WireType.LengthDelimited);
			const text = reader.bytes();
			if (firstInvalidUtf8(text) >= 0) throw new Error('its string is not UTF-8');
			piece = decodeUtf8(text);
		} else if (field === 2) {
			expect(wireType, WireType.Bit32);
			score = reader.float();
			if (Number.isNaN(score)) throw new Error('its score is not a number');
		} else {
			expect(wireType, WireType.Varint);
			type = reader.int32();
		}
		return true;
	});
	if (piece === null || piece === '') throw new Error('got a piece without a string, expected one');
	if (type < NORMAL || type > BYTE) throw new Error(`got the type ${type}, expected 1 to 6`);
	return { piece, score, type };
}
