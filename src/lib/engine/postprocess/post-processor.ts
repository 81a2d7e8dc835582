import { TokenKind, type Encoding } from '../encoding';
import type { PostProcessorSpec, TemplatePiece } from '../spec';
import { previousStart, sequenceLength } from '../text/utf8';
import { FIELDS, isTrimmedAt, trimmedCharacters, type TrimmedSpans } from './trimmed-spans';

export interface PostProcessContext {
	/** UTF-8 of the original text, in the first `length` bytes. */
	readonly bytes: Uint8Array;
	readonly length: number;
	readonly addSpecialTokens: boolean;
	/** `null` if spans are not trimmed. */
	readonly trimmed: TrimmedSpans | null;
}

export type PostProcessor = (encoding: Encoding, context: PostProcessContext) => Encoding;

/** Builds the post-processor of a spec for single texts. @throws Error if a template refers to an unknown token */
export function createPostProcessor(spec: PostProcessorSpec): PostProcessor {
	switch (spec.type) {
		case 'TemplateProcessing': {
			const { before, after } = idsAround(spec.single, spec.special_tokens);
			return createSurrounder(before, after);
		}
		case 'ByteLevel':
			return createTrimmer(spec);
		case 'RobertaProcessing':
			return inSequence([createTrimmer(spec), createSurrounder([spec.cls[1]], [spec.sep[1]])]);
		case 'BertProcessing':
			return createSurrounder([spec.cls[1]], [spec.sep[1]]);
		case 'Sequence':
			return inSequence(spec.processors.map(createPostProcessor));
	}
}

const inSequence =
	(steps: readonly PostProcessor[]): PostProcessor =>
	(encoding, context) =>
		steps.reduce((current, step) => step(current, context), encoding);

/** Creates a post-processor that adds special tokens before and after a text. */
const createSurrounder =
	(before: readonly number[], after: readonly number[]): PostProcessor =>
	(encoding, { length, addSpecialTokens }) =>
		addSpecialTokens ? surround(encoding, before, after, length) : encoding;

/** Creates a post-processor that trims spans if `trim_offsets` is set. */
const createTrimmer =
	({ trim_offsets, add_prefix_space }: Trimming): PostProcessor =>
	(encoding, { bytes, trimmed }) =>
		trim_offsets && trimmed ? trimSpaces(encoding, bytes, trimmed, add_prefix_space) : encoding;

type Trimming = Extract<PostProcessorSpec, { trim_offsets: boolean }>;
type SpecialTokens = Extract<PostProcessorSpec, { type: 'TemplateProcessing' }>['special_tokens'];

function idsAround(template: readonly TemplatePiece[], specialTokens: SpecialTokens) {
	const before: number[] = [];
	const after: number[] = [];
	let current = before;
	for (const item of template) {
		if ('Sequence' in item) {
			current = after;
			continue;
		}
		const { id } = item.SpecialToken;
		const special = Object.hasOwn(specialTokens, id) ? specialTokens[id] : null;
		if (!special) {
			throw new Error(
				`post_processor.special_tokens: got no entry for "${id}", expected one because the template names it`
			);
		}
		// Spreading many ids would exhaust the stack.
		for (const id of special.ids) current.push(id);
	}
	return { before, after };
}

/** Adds ids before and after an encoding, with empty spans at the start and end of the text. */
export function surround(
	encoding: Encoding,
	before: readonly number[],
	after: readonly number[],
	textLength: number
): Encoding {
	const inner = encoding.ids.length;
	const count = before.length + inner + after.length;
	const ids = new Uint32Array(count);
	const byteStarts = new Uint32Array(count);
	const byteEnds = new Uint32Array(count);
	const kinds = new Uint8Array(count).fill(TokenKind.added);
	ids.set(before);
	ids.set(encoding.ids, before.length);
	byteStarts.set(encoding.byteStarts, before.length);
	byteEnds.set(encoding.byteEnds, before.length);
	if (encoding.kinds) kinds.set(encoding.kinds, before.length);
	else kinds.fill(TokenKind.ordinary, before.length, before.length + inner);
	ids.set(after, before.length + inner);
	byteStarts.fill(textLength, before.length + inner);
	byteEnds.fill(textLength, before.length + inner);
	return { ...encoding, ids, byteStarts, byteEnds, kinds };
}

/** Whether a post-processor excludes spaces from spans. */
export const trimsSpans = (spec: PostProcessorSpec | null): boolean =>
	spec !== null &&
	(spec.type === 'Sequence'
		? spec.processors.some(trimsSpans)
		: 'trim_offsets' in spec && spec.trim_offsets);

/**
 * Trims spans as ByteLevel's `trim_offsets` does: excludes spaces at both ends of a token (for added tokens, any white
 * space). With `addPrefixSpace`, keeps a single space at the start of the text, because it may have been added.
 */
function trimSpaces(
	encoding: Encoding,
	bytes: Uint8Array,
	trimmed: TrimmedSpans,
	addPrefixSpace: boolean
): Encoding {
	const byteStarts = encoding.byteStarts.slice();
	const byteEnds = encoding.byteEnds.slice();
	const rewritten = trimmed.data;
	// The first tokens are those that an earlier post-processor added.
	let added = 0;
	while (encoding.kinds?.[added] === TokenKind.added) added++;
	let at = 0;
	for (let i = 0; i < byteStarts.length; i++) {
		const from = byteStarts[i];
		const keepsSpace = (i === 0 || from === 0) && addPrefixSpace;
		if (at < rewritten.length && rewritten.data[at + FIELDS.index] === i - added) {
			const keeps = keepsSpace && rewritten.data[at + FIELDS.spaces] === 1;
			const start = rewritten.data[at + (keeps ? FIELDS.spaceStart : FIELDS.start)];
			// Starts must not decrease, even if several tokens come from one character.
			byteStarts[i] = Math.max(start, byteStarts[i - 1] ?? 0);
			const end = rewritten.data[at + FIELDS.end];
			byteEnds[i] = Math.max(byteStarts[i], end, byteEnds[i - 1] ?? 0);
			at += FIELDS.count;
			continue;
		}
		const isTrimmed = trimmedCharacters(
			(encoding.kinds?.[i] ?? TokenKind.ordinary) as TokenKind,
			trimmed.byteLevel
		);
		let start = from;
		let end = byteEnds[i];
		let spaces = 0;
		for (; start < end && isTrimmedAt(bytes, start, isTrimmed); spaces++) {
			start += sequenceLength(bytes[start]);
		}
		if (keepsSpace && spaces === 1) start = from;
		while (end > start && isTrimmedAt(bytes, previousStart(bytes, end), isTrimmed)) {
			end = previousStart(bytes, end);
		}
		byteStarts[i] = start;
		byteEnds[i] = end;
	}
	return { ...encoding, byteStarts, byteEnds };
}
