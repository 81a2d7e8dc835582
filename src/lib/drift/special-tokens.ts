import type { AddedTokenSpec, PostProcessorSpec, TemplatePiece, Tokenizer } from '../engine';
import { chatDifferences } from './chat';
import type { SpecialTokensFindings, TemplateIds } from './types';

/** Added tokens, what stands around a text, and texts with special tokens in them. */
export function compareSpecialTokens(
	a: Tokenizer,
	b: Tokenizer,
	sameLineage: boolean
): SpecialTokensFindings {
	const tokensA = byContent(a.spec.added_tokens);
	const tokensB = byContent(b.spec.added_tokens);
	const moved = [...tokensA.values()].flatMap(({ content, id }) => {
		const other = tokensB.get(content);
		return other && other.id !== id ? [{ content, a: id, b: other.id }] : [];
	});
	const aroundA = templateIds(a.spec.post_processor, 'single');
	const aroundB = templateIds(b.spec.post_processor, 'single');
	return {
		added: [...tokensB.values()].filter(({ content }) => !tokensA.has(content)),
		missing: [...tokensA.values()].filter(({ content }) => !tokensB.has(content)),
		moved,
		flags: changedFlags(a.spec.added_tokens, b.spec.added_tokens),
		template: { a: aroundA, b: aroundB, state: templateState(aroundA, aroundB) },
		chat: chatDifferences(a, b, sameLineage)
	};
}

const byContent = (tokens: readonly AddedTokenSpec[]) =>
	new Map(tokens.map((token) => [token.content, token]));

const FLAGS = ['single_word', 'lstrip', 'rstrip', 'normalized', 'special'] as const;

/** Flags of tokens that both sides have. */
function changedFlags(
	a: readonly AddedTokenSpec[],
	b: readonly AddedTokenSpec[]
): SpecialTokensFindings['flags'] {
	const others = byContent(b);
	return a.flatMap((token) => {
		const other = others.get(token.content);
		if (!other) return [];
		return FLAGS.filter((flag) => token[flag] !== other[flag]).map((flag) => ({
			content: token.content,
			flag,
			a: token[flag],
			b: other[flag]
		}));
	});
}

/** The ids that a post-processor puts before and after a text; of a pair, after the first text and all that follows. */
export function templateIds(spec: PostProcessorSpec | null, form: 'single' | 'pair'): TemplateIds {
	if (spec === null || spec.type === 'ByteLevel') return { before: [], after: [] };
	if (spec.type === 'Sequence') {
		// Each puts its tokens around what the one before has made.
		return spec.processors
			.map((step) => templateIds(step, form))
			.reduce(
				(inner, outer) => ({
					before: [...outer.before, ...inner.before],
					after: [...inner.after, ...outer.after]
				}),
				{ before: [], after: [] }
			);
	}
	const pieces: readonly TemplatePiece[] = spec[form];
	const text = pieces.findIndex((piece) => 'Sequence' in piece);
	const idsOf = (some: readonly TemplatePiece[]) =>
		some.flatMap((piece) =>
			'SpecialToken' in piece ? [...(spec.special_tokens[piece.SpecialToken.id]?.ids ?? [])] : []
		);
	return { before: idsOf(pieces.slice(0, text)), after: idsOf(pieces.slice(text)) };
}

/** One text and a pair of texts as a post-processor lays them out: ids of tokens, and names of the texts. */
export function templateForms(spec: PostProcessorSpec | null) {
	return { single: layers(spec, 'single'), pair: layers(spec, 'pair') };
}

/** Each processor that adds something, in the order in which they run. */
function layers(spec: PostProcessorSpec | null, form: 'single' | 'pair'): (number | string)[][] {
	if (spec === null || spec.type === 'ByteLevel') return [];
	if (spec.type === 'Sequence') return spec.processors.flatMap((step) => layers(step, form));
	const laidOut = spec[form].flatMap((piece): readonly (number | string)[] =>
		'Sequence' in piece
			? [piece.Sequence.id]
			: (spec.special_tokens[piece.SpecialToken.id]?.ids ?? [])
	);
	return laidOut.join() === (form === 'single' ? 'A' : 'A,B') ? [] : [laidOut];
}

function templateState(a: TemplateIds, b: TemplateIds): SpecialTokensFindings['template']['state'] {
	const same = (x: readonly number[], y: readonly number[]) => x.join() === y.join();
	if (same(a.before, b.before) && same(a.after, b.after)) return 'same';
	const doubled = [...a.before, ...a.before];
	if (a.before.length > 0 && same(doubled, b.before)) return 'doubled';
	const [inA, inB] = [a.before.length + a.after.length, b.before.length + b.after.length];
	if (inB < inA) return 'missing';
	return inB > inA ? 'extra' : 'other';
}
