import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type {
	AddedTokenSpec,
	DecoderSpec,
	MergeList,
	SentencePieceSpec,
	TokenizerSpec
} from '../../engine';
import {
	createSpecialToken,
	encodeBase64,
	sentencePieceDecoder,
	approximateSteps
} from '../../engine/stages';
import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import {
	bosTemplate,
	firstRepeated,
	mergesFromScores,
	stringVocabulary
} from './sentencepiece-merges';
import type { SlicedFile, TokenizerReading } from './types';

/** The largest published SentencePiece models are 5 MB. */
const MAX_FILE_BYTES = 64 << 20;
const MAX_PIECES = 1 << 20;

/** Piece types in sentencepiece_model.proto. */
export const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
const UNUSED = 5;
const BYTE = 6;

/** Names of the model types by number, with the reason why types other than BPE can't be read. */
const MODEL_TYPES = [
	'0',
	'Unigram, which chooses the most probable split instead of merging',
	'BPE',
	'words, which has no merges',
	'characters, which has no merges'
];

/** The parts of a `ModelProto` that affect tokenization. */
interface SentencePieceModel {
	readonly pieces: readonly string[];
	readonly scores: readonly number[];
	readonly types: readonly number[];
	readonly modelType: number;
	readonly byteFallback: boolean;
	readonly treatsSpaceAsSuffix: boolean;
	readonly bos: number;
	/** Text that the unknown token decodes to. */
	readonly unknownText: string;
	readonly normalizerName: string;
	readonly normalizer: SentencePieceSpec;
	readonly denormalizes: boolean;
}

/**
 * Reads a SentencePiece model (`tokenizer.model`) of type BPE, with stages that give the same ids as SentencePiece.
 * Derives the merges from the scores.
 * @throws Error with a one-line message if the file is damaged, isn't BPE, or has a feature that merges can't reproduce
 */
export async function readSentencePiece(file: SlicedFile): Promise<TokenizerReading> {
	if (file.size > MAX_FILE_BYTES)
		throw wrongModel(`${file.size} bytes`, `at most ${MAX_FILE_BYTES}`);
	const model = parseModel(await file.read(0, file.size));
	refuseUnsupported(model);
	const { pieces, types, bos, normalizer } = model;
	const { add_dummy_prefix, remove_extra_whitespaces } = normalizer;
	const stated = [
		`The model has ${pieces.length} pieces of type BPE.`,
		`The normalizer is ${JSON.stringify(model.normalizerName.slice(0, 40))}.`,
		add_dummy_prefix ? 'A space is added before the text.' : 'No space is added before the text.'
	];
	if (remove_extra_whitespaces) {
		stated.push('Repeated spaces and spaces at the start and end of the text are removed.');
	}
	const isPlain = normalizer.precompiled_charsmap === '' && !types.includes(USER_DEFINED);
	const unknown = pieces[types.indexOf(UNKNOWN)] ?? null;
	const hasBos = pieces[bos] !== undefined;
	const merges = mergesFromScores(pieces, model.scores, (id) => types[id] === NORMAL);
	refuseTies(model, merges);
	return {
		format: 'SentencePiece model',
		files: [file.name],
		spec: {
			normalizer: isPlain ? approximateSteps(normalizer) : normalizer,
			pre_tokenizer: null,
			model: {
				type: 'BPE',
				// SentencePiece never encodes a character as a control piece.
				vocabulary: stringVocabulary(
					pieces.map((piece, id) => (types[id] === CONTROL && [...piece].length === 1 ? '' : piece))
				),
				byte_level: false,
				merges,
				unk_token: unknown,
				fuse_unk: true,
				byte_fallback: model.byteFallback,
				ignore_merges: false
			},
			post_processor: bosTemplate(pieces, { bos: hasBos ? bos : null, eos: null }),
			decoder: decoderOf(model, unknown),
			added_tokens: addedTokens(model)
		} satisfies TokenizerSpec,
		stated,
		assumed: [
			'Text is tokenized as in SentencePiece. Merges are derived from the scores: the pair whose merged token has the highest score goes first.',
			...(hasBos
				? [
						`If special tokens are added, each text starts with the BOS token ${JSON.stringify(pieces[bos])}, as in Llama 2.`
					]
				: [])
		],
		unsupported: []
	};
}

function refuseUnsupported(model: SentencePieceModel): void {
	const { modelType, types, pieces } = model;
	if (modelType !== 2)
		throw wrongModel(
			`the type ${MODEL_TYPES[modelType] ?? modelType}`,
			'BPE; use the sentencepiece library for this file'
		);
	if (model.treatsSpaceAsSuffix)
		throw wrongModel('treat_whitespace_as_suffix', `spaces before words; ${IRREPRODUCIBLE}`);
	if (model.denormalizes) throw wrongModel('a denormalizer', `none; ${IRREPRODUCIBLE}`);
	const unused = types.indexOf(UNUSED);
	if (unused >= 0)
		throw wrongModel(
			`the unused piece ${quoted(pieces[unused])}, which SentencePiece splits again`,
			`none; ${IRREPRODUCIBLE}`
		);
	const bytes = types.filter((type) => type === BYTE).length;
	if (model.byteFallback && bytes !== 256)
		throw wrongModel(`byte fallback with ${bytes} byte pieces`, '256');
}

const IRREPRODUCIBLE = "BPE Lab can't reproduce it";

const wrongModel = (got: string, expected: string): Error =>
	new Error(`SentencePiece model: got ${got}, expected ${expected}`);

const quoted = (piece: string): string => JSON.stringify(piece.slice(0, 40));

/**
 * Rejects a model in which pairs with the same score merge into different pieces. SentencePiece merges the leftmost
 * pair first, but a list of merges can't express that. Pieces that repeat one character may share a score, as in Llama
 * 2: after merging, the symbols in a run are sorted by length, so the leftmost pair also has the longest left symbol.
 */
function refuseTies({ pieces, scores }: SentencePieceModel, { pairs }: MergeList): void {
	const ids = new Map(pieces.map((piece, id) => [piece, id]));
	let last: number | undefined;
	for (let i = 0; i < pairs.length; i += 2) {
		const id = ids.get(pieces[pairs[i]] + pieces[pairs[i + 1]]) ?? 0;
		const isTied = last !== undefined && id !== last && scores[id] === scores[last];
		if (last !== undefined && isTied && !isRun(pieces[last] + pieces[id])) {
			throw wrongModel(
				`the score ${scores[id]} for both ${quoted(pieces[last])} and ${quoted(pieces[id])}`,
				"different scores, as training produces; BPE Lab can't reproduce which merge goes first"
			);
		}
		last = id;
	}
}

const isRun = (piece: string): boolean => /^(.)\1*$/su.test(piece);

/**
 * Returns the model's decoder. Uses Hugging Face's decoder steps where they produce the same text as SentencePiece:
 * if byte fallback leaves no tokens unknown, and no spaces are removed.
 */
function decoderOf(
	{ byteFallback, unknownText, normalizer }: SentencePieceModel,
	unknown: string | null
): DecoderSpec {
	const { add_dummy_prefix, remove_extra_whitespaces, escape_whitespaces } = normalizer;
	if (byteFallback && !remove_extra_whitespaces)
		return sentencePieceDecoder(add_dummy_prefix && escape_whitespaces);
	const pieces = {
		type: 'SentencePiece',
		add_dummy_prefix,
		remove_extra_whitespaces,
		unk_token: unknown,
		unk_surface: unknownText
	} as const;
	return {
		type: 'Sequence',
		decoders: [
			pieces,
			...(byteFallback ? [{ type: 'ByteFallback' } as const] : []),
			{ type: 'Fuse' }
		]
	};
}

/**
 * Control and unknown pieces become special tokens. User-defined pieces are matched in normalized text before merging.
 */
export const addedTokens = ({
	pieces,
	types
}: Pick<SentencePieceModel, 'pieces' | 'types'>): AddedTokenSpec[] =>
	pieces.flatMap((content, id): AddedTokenSpec[] => {
		const type = types[id];
		if (type !== CONTROL && type !== UNKNOWN && type !== USER_DEFINED) return [];
		const isFoundInText = type === USER_DEFINED;
		return [
			{ ...createSpecialToken(id, content), special: !isFoundInText, normalized: isFoundInText }
		];
	});

/** Field numbers from this one upwards are reserved for extensions by other programs. */
const FIRST_EXTENSION = 200;

/**
 * Reads a message in the file: calls `read` for each field and skips the fields that `read` doesn't handle.
 * @param lastField number of the format's last field; Infinity if a later version may have more
 */
function readMessage(
	bytes: Uint8Array,
	name: string,
	lastField: number,
	read: (field: number, reader: BinaryReader, wireType: WireType) => boolean
): void {
	const reader = new BinaryReader(bytes);
	try {
		while (reader.pos < reader.len) {
			const [field, wireType] = reader.tag();
			if (wireType === WireType.StartGroup || wireType === WireType.EndGroup) {
				throw new Error('it has a group');
			}
			const isExtension = field >= FIRST_EXTENSION;
			// An undefined field number may be a sign of damage.
			if (field > lastField && !isExtension)
				throw new Error(`got the field ${field}, expected 1 to ${lastField}`);
			if (isExtension || !read(field, reader, wireType)) reader.skip(wireType);
			if (reader.pos > reader.len) throw new Error('it ends prematurely');
		}
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const isOwn = reason.startsWith('SentencePiece model');
		throw new Error(
			isOwn
				? reason
				: `SentencePiece model: ${name} is damaged at byte ${reader.pos} (${reason}); download it again`,
			{ cause: error }
		);
	}
}

function expect(found: WireType, expected: WireType): void {
	if (found !== expected) throw new Error(`got the wire type ${found}, expected ${expected}`);
}

function parseModel(bytes: Uint8Array): SentencePieceModel {
	const pieces: string[] = [];
	const scores: number[] = [];
	const types: number[] = [];
	const normalizer = {
		type: 'SentencePiece' as const,
		precompiled_charsmap: '',
		add_dummy_prefix: true,
		remove_extra_whitespaces: true,
		escape_whitespaces: true
	};
	const model = {
		modelType: 1,
		byteFallback: false,
		treatsSpaceAsSuffix: false,
		denormalizes: false,
		bos: 1,
		unknownText: ' ⁇ ',
		normalizerName: ''
	};
	const found = new Set<number>();
	readMessage(bytes, 'the file', 5, (field, reader, wireType) => {
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
		readMessage(part, 'trainer_spec', Infinity, (field, reader, wireType) => {
			if (field === 44) {
				expect(wireType, WireType.LengthDelimited);
				model.unknownText = decodeUtf8(reader.bytes());
				return true;
			}
			if (![3, 24, 35, 41].includes(field)) return false;
			expect(wireType, WireType.Varint);
			const value = reader.int32();
			if (field === 3) model.modelType = value;
			if (field === 24) model.treatsSpaceAsSuffix = value !== 0;
			if (field === 35) model.byteFallback = value !== 0;
			if (field === 41) model.bos = value;
			return true;
		});
	}
	function parseNormalizerSpec(part: Uint8Array, encodes: boolean): void {
		readMessage(part, 'normalizer_spec', Infinity, (field, reader, wireType) => {
			if (field > 5) return false;
			expect(wireType, field < 3 ? WireType.LengthDelimited : WireType.Varint);
			const text = field < 3 ? reader.bytes() : new Uint8Array(0);
			const flag = field < 3 ? false : reader.bool();
			if (!encodes) model.denormalizes ||= field === 2 && text.length > 0;
			else if (field === 1) model.normalizerName = decodeUtf8(text);
			else if (field === 2) normalizer.precompiled_charsmap = encodeBase64(text);
			else if (field === 3) normalizer.add_dummy_prefix = flag;
			else if (field === 4) normalizer.remove_extra_whitespaces = flag;
			else normalizer.escape_whitespaces = flag;
			return true;
		});
	}
	const repeated = firstRepeated(pieces);
	if (repeated !== undefined) throw wrongModel(`the piece ${quoted(repeated)} twice`, 'each once');
	if (pieces.length === 0) throw wrongModel('no pieces', 'at least one');
	// Every program that creates model files writes both fields after the pieces. Without this check, a file cut off
	// before one of these fields would silently be read with default settings.
	for (const [field, name] of [
		[2, 'trainer_spec'],
		[3, 'normalizer_spec']
	] as const) {
		if (!found.has(field)) {
			const advice = 'the file may be cut off, so download it again';
			throw wrongModel(`no ${name}`, `one after the pieces; ${advice}`);
		}
	}
	const user_defined_symbols = pieces.filter((_, id) => types[id] === USER_DEFINED);
	return { pieces, scores, types, normalizer: { ...normalizer, user_defined_symbols }, ...model };
}

function parsePiece(bytes: Uint8Array) {
	let piece: string | null = null;
	let score = 0;
	let type = NORMAL;
	readMessage(bytes, 'a piece', 3, (field, reader, wireType) => {
		if (field === 1) {
			expect(wireType, WireType.LengthDelimited);
			const text = reader.bytes();
			if (firstInvalidUtf8(text) >= 0) throw new Error("its string isn't UTF-8");
			piece = decodeUtf8(text);
		} else if (field === 2) {
			expect(wireType, WireType.Bit32);
			score = reader.float();
			if (Number.isNaN(score)) throw new Error("its score isn't a number");
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
