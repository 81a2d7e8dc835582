import { TokenKind, type Encoding } from '../encoding';
import type { PostProcessorSpec, TemplatePiece } from '../spec';
import { trimSpaces } from './trim-offsets';

/** The text of an encoding and whether the tokens of a template are wanted. */
export interface PostProcessContext {
	/** UTF-8 of the original text; `length` bytes of it. */
	readonly bytes: Uint8Array;
	readonly length: number;
	readonly addSpecialTokens: boolean;
}

export type PostProcessor = (encoding: Encoding, context: PostProcessContext) => Encoding;

/** Builds the post-processor of a spec, for single texts. */
export function createPostProcessor(spec: PostProcessorSpec): PostProcessor {
	switch (spec.type) {
		case 'TemplateProcessing': {
			const { before, after } = idsAround(spec.single, spec.special_tokens);
			return (encoding, { length, addSpecialTokens }) =>
				addSpecialTokens ? surround(encoding, before, after, length) : encoding;
		}
		case 'ByteLevel': {
			const { trim_offsets, add_prefix_space } = spec;
			if (!trim_offsets) return (encoding) => encoding;
			return (encoding, { bytes }) => trimSpaces(encoding, bytes, add_prefix_space);
		}
		case 'Sequence': {
			const steps = spec.processors.map(createPostProcessor);
			return (encoding, context) =>
				steps.reduce((current, step) => step(current, context), encoding);
		}
	}
}

type SpecialTokens = Extract<PostProcessorSpec, { type: 'TemplateProcessing' }>['special_tokens'];

function idsAround(template: readonly TemplatePiece[], specialTokens: SpecialTokens) {
	const before: number[] = [];
	const after: number[] = [];
	let current = before;
	for (const piece of template) {
		if ('Sequence' in piece) {
			current = after;
			continue;
		}
		const { id } = piece.SpecialToken;
		const special = Object.hasOwn(specialTokens, id) ? specialTokens[id] : null;
		if (!special) {
			throw new Error(
				`post_processor.special_tokens: got no entry for "${id}", expected one because the template names it`
			);
		}
		current.push(...special.ids);
	}
	return { before, after };
}

/** Puts ids around an encoding, with empty spans at the ends of the text. */
function surround(
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
