import {
	TokenKind,
	type AddedTokenSpec,
	type Encoding,
	type PostProcessorSpec,
	type Tokenizer
} from '../engine';
import { outcomeOfIds, PARSED } from './compare-output';
import { ADDED_TOKEN_FLAGS } from './edits/spec-edit';
import { CHATS } from './probes/added-tokens';
import type { ChatDifference, SpecialTokensFindings, TemplateIds, Witness } from './types';
import { equalNumbers } from './equal';

/** Compares added tokens, the tokens added around text, and texts that contain special tokens. */
export function compareSpecialTokens(
	a: Tokenizer,
	b: Tokenizer,
	sameLineage: boolean
): SpecialTokensFindings {
	const tokensA = byContent(a.spec.added_tokens);
	const tokensB = byContent(b.spec.added_tokens);
	const shared = [...tokensA.values()].flatMap((one) => {
		const other = tokensB.get(one.content);
		return other ? [{ content: one.content, one, other }] : [];
	});
	const aroundA = templateIds(a.spec.post_processor);
	const aroundB = templateIds(b.spec.post_processor);
	return {
		added: [...tokensB.values()].filter(({ content }) => !tokensA.has(content)),
		missing: [...tokensA.values()].filter(({ content }) => !tokensB.has(content)),
		moved: shared
			.filter(({ one, other }) => one.id !== other.id)
			.map(({ content, one, other }) => ({ content, a: one.id, b: other.id })),
		flags: shared.flatMap(({ content, one, other }) =>
			ADDED_TOKEN_FLAGS.filter((flag) => one[flag] !== other[flag]).map((flag) => ({
				content,
				flag,
				a: one[flag],
				b: other[flag]
			}))
		),
		template: { a: aroundA, b: aroundB, state: templateState(aroundA, aroundB) },
		chat: chatDifferences(a, b, sameLineage)
	};
}

export const byContent = (tokens: readonly AddedTokenSpec[]) =>
	new Map(tokens.map((token) => [token.content, token]));

/** Ids that a post-processor adds before and after a single text. */
export function templateIds(spec: PostProcessorSpec | null): TemplateIds {
	const pieces = nested(templateLayers(spec, 'single'), ['A']);
	const text = pieces.findIndex(isText);
	const isId = (piece: number | string) => typeof piece === 'number';
	return { before: pieces.slice(0, text).filter(isId), after: pieces.slice(text).filter(isId) };
}

/** Token ids, with placeholders (`A`, `B`) for the texts. */
type LaidOut = readonly (number | string)[];

const isText = (piece: number | string): boolean => typeof piece === 'string';

const nested = (layers: readonly LaidOut[], texts: LaidOut): LaidOut =>
	layers.length === 1
		? layers[0]
		: layers.reduce(
				(inner, outer) => [
					...outer.slice(0, outer.findIndex(isText)),
					...inner,
					...outer.slice(outer.findLastIndex(isText) + 1)
				],
				texts
			);

/** Templates that add tokens to a single text or a pair of texts, in the order in which they are applied. */
export function templateLayers(spec: PostProcessorSpec | null, form: 'single' | 'pair'): LaidOut[] {
	if (spec === null || spec.type === 'ByteLevel') return [];
	if (spec.type === 'Sequence') return spec.processors.flatMap((one) => templateLayers(one, form));
	if (spec.type === 'RobertaProcessing' || spec.type === 'BertProcessing') {
		const [cls, sep] = [spec.cls[1], spec.sep[1]];
		if (form === 'single') return [[cls, 'A', sep]];
		const between = spec.type === 'RobertaProcessing' ? [sep, sep] : [sep];
		return [[cls, 'A', ...between, 'B', sep]];
	}
	const laidOut = spec[form].flatMap((piece): LaidOut =>
		'Sequence' in piece
			? [piece.Sequence.id]
			: (spec.special_tokens[piece.SpecialToken.id]?.ids ?? [])
	);
	return laidOut.join() === (form === 'single' ? 'A' : 'A,B') ? [] : [laidOut];
}

/** A text or pair of texts to which the post-processors add different ids; `null` if they always add the same ids. */
export function templateWitness(a: Tokenizer, b: Tokenizer): Witness | null {
	const differs = (form: 'single' | 'pair') => {
		const [layersA, layersB] = [a, b].map(({ spec }) => templateLayers(spec.post_processor, form));
		return JSON.stringify(layersA) !== JSON.stringify(layersB);
	};
	const use = { ...PARSED, addSpecialTokens: true };
	if (differs('single')) {
		const [ofA, ofB] = [a, b].map((one) => outcomeOfIds(one, [...one.encode('Hi', use).ids]));
		return { reference: 'native', does: 'encode', inputs: ['Hi'], ...use, a: ofA, b: ofB };
	}
	if (!differs('pair')) return null;
	const inputs = ['Hi', 'there'];
	const [ofA, ofB] = [a, b].map((one) => outcomeOfIds(one, pairIds(one, inputs)));
	return { reference: 'native', does: 'encode-pair', inputs, ...use, a: ofA, b: ofB };
}

function pairIds(tokenizer: Tokenizer, [first, second]: readonly string[]): number[] {
	const idsOf = (text: string) => [...tokenizer.encode(text, PARSED).ids];
	const layers = templateLayers(tokenizer.spec.post_processor, 'pair');
	return nested(layers, ['A', 'B']).flatMap((piece) =>
		typeof piece === 'number' ? [piece] : idsOf(piece === 'A' ? first : second)
	);
}

function templateState(a: TemplateIds, b: TemplateIds): SpecialTokensFindings['template']['state'] {
	if (equalNumbers(a.before, b.before) && equalNumbers(a.after, b.after)) return 'same';
	if (a.before.length > 0 && equalNumbers([...a.before, ...a.before], b.before)) return 'doubled';
	const [inA, inB] = [a.before.length + a.after.length, b.before.length + b.after.length];
	if (inB < inA) return 'missing';
	return inB > inA ? 'extra' : 'other';
}

const AROUND: readonly ((token: string) => string)[] = [
	(token) => token,
	(token) => `a ${token} b`,
	(token) => `${token}\n\nHi`
];

/** Maximum number of tokens to try, because some tokenizers have thousands of reserved ones. */
const MAX_CHAT_TOKENS = 400;
const MAX_CHATS = 20;

/**
 * Finds texts whose ids differ when special tokens are recognised. If the two vocabularies are unrelated, compares only
 * the spans of special tokens.
 */
function chatDifferences(a: Tokenizer, b: Tokenizer, sameLineage: boolean): ChatDifference[] {
	const found: ChatDifference[] = [];
	for (const input of inputs(a, b)) {
		const readA = a.encode(input, { special: 'parse' });
		const readB = b.encode(input, { special: 'parse' });
		const isSame = sameLineage
			? equalNumbers(readA.ids, readB.ids)
			: specialSpans(readA) === specialSpans(readB);
		if (isSame) continue;
		found.push({ input, idsA: [...readA.ids], idsB: [...readB.ids] });
		if (found.length === MAX_CHATS) break;
	}
	return found;
}

function* inputs(a: Tokenizer, b: Tokenizer): Generator<string> {
	const contents = new Set(
		[...a.spec.added_tokens, ...b.spec.added_tokens].map(({ content }) => content)
	);
	const some = [...contents].slice(0, MAX_CHAT_TOKENS);
	for (const chat of CHATS) if (some.some((content) => chat.startsWith(content))) yield chat;
	for (const around of AROUND) for (const content of some) yield around(content);
}

function specialSpans({ ids, kinds, byteStarts, byteEnds }: Encoding): string {
	let spans = '';
	for (let i = 0; i < ids.length; i++) {
		if (kinds?.[i] === TokenKind.special) spans += `${byteStarts[i]}-${byteEnds[i]} `;
	}
	return spans;
}
