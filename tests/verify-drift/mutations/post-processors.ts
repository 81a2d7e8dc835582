import type { Mutation, Stage, TokenizerJson } from '../types';
import { byteLevel, change, sequenceOf, stepsOf, withField, withSteps } from './stage-steps';

type Piece =
	| { SpecialToken: { id: string; type_id: number } }
	| { Sequence: { id: 'A' | 'B'; type_id: number } };

const special = (id: string, type_id = 0): Piece => ({ SpecialToken: { id, type_id } });
const sequence = (id: 'A' | 'B', type_id = 0): Piece => ({ Sequence: { id, type_id } });

export function postProcessorMutations(file: TokenizerJson): Mutation[] {
	const steps = stepsOf(file, 'post_processor');
	const to = (className: string, name: string, other: readonly Stage[]) =>
		change(className, `post-processor: ${name}`, () => withSteps(file, 'post_processor', other));
	const token = file.added_tokens.find((added) => added.special) ?? file.added_tokens.at(0);
	const other = file.added_tokens.findLast((added) => added.special && added !== token) ?? token;
	const mutations: Mutation[] = [
		to('offsets only', 'ByteLevel last', [...steps, byteLevel()]),
		to('unread stage', 'RobertaProcessing', [
			{
				type: 'RobertaProcessing',
				sep: [other?.content ?? 'a', other?.id ?? 0],
				cls: [token?.content ?? 'b', token?.id ?? 1],
				trim_offsets: true,
				add_prefix_space: true
			}
		]),
		to('unread stage', 'BertProcessing', [
			{
				type: 'BertProcessing',
				sep: [other?.content ?? 'a', other?.id ?? 0],
				cls: [token?.content ?? 'b', token?.id ?? 1]
			}
		])
	];
	const index = steps.findIndex(({ type }) => type === 'TemplateProcessing');
	if (index >= 0)
		mutations.push(
			...templateMutations(
				steps[index],
				(className, name, step) => to(className, name, steps.with(index, step)),
				other
			)
		);
	else if (token && other) {
		const template = (single: readonly Piece[], pair: readonly Piece[]): Stage => ({
			type: 'TemplateProcessing',
			single,
			pair,
			special_tokens: Object.fromEntries(
				[token, other].map(({ content, id }) => [
					content,
					{ id: content, ids: [id], tokens: [content] }
				])
			)
		});
		const plain: readonly Piece[] = [sequence('A'), sequence('B', 1)];
		mutations.push(
			to('post-processor', 'BOS added', [
				...steps,
				template([special(token.content), sequence('A')], [special(token.content), ...plain])
			]),
			to('post-processor', 'EOS added', [
				...steps,
				template([sequence('A'), special(other.content)], [...plain, special(other.content, 1)])
			]),
			to('post-processor', 'a separator in pairs only', [
				...steps,
				template([sequence('A')], [sequence('A'), special(other.content), sequence('B', 1)])
			]),
			to('post-processor', 'pairs in reverse', [
				...steps,
				template([sequence('A')], [sequence('B'), sequence('A')])
			]),
			to('no effect', 'a template without tokens', [...steps, template([sequence('A')], plain)])
		);
	}
	for (const [i, step] of steps.entries()) {
		mutations.push(
			to(
				'post-processor',
				`without ${step.type} ${i}`,
				steps.filter((_, j) => j !== i)
			),
			to('post-processor', `${step.type} ${i} twice`, [
				...steps.slice(0, i),
				step,
				...steps.slice(i)
			])
		);
		if (step.type === 'ByteLevel') {
			for (const field of ['add_prefix_space', 'trim_offsets', 'use_regex']) {
				mutations.push(
					to(
						'offsets only',
						`${field} turned in ${i}`,
						steps.with(i, withField(step, field, step[field] !== true))
					)
				);
			}
		}
	}
	const { post_processor } = file;
	if (post_processor) {
		mutations.push(
			change('post-processor', 'post-processor: null', () => ({ ...file, post_processor: null })),
			change('formatting', 'post-processor: in a Sequence', () => ({
				...file,
				post_processor: sequenceOf('post_processor', [post_processor])
			}))
		);
	}
	return mutations;
}

function templateMutations(
	step: Stage,
	to: (className: string, name: string, step: Stage) => Mutation,
	other: { content: string; id: number } | undefined
): Mutation[] {
	const single = step.single as readonly Piece[];
	const pair = step.pair as readonly Piece[];
	const tokens = step.special_tokens as Readonly<
		Record<string, { id: string; ids: readonly number[]; tokens: readonly string[] }>
	>;
	const bos = single.find((piece) => 'SpecialToken' in piece);
	const mutations: Mutation[] = [];
	for (const [name, pieces] of [
		['single', single],
		['pair', pair]
	] as const) {
		for (const [i, piece] of pieces.entries()) {
			const of = (changed: readonly Piece[]) => withField(step, name, changed);
			if ('SpecialToken' in piece) {
				mutations.push(
					to(
						'post-processor',
						`${name}: without ${piece.SpecialToken.id} ${i}`,
						of(pieces.filter((_, j) => j !== i))
					),
					to(
						'post-processor',
						`${name}: ${piece.SpecialToken.id} ${i} twice`,
						of([...pieces.slice(0, i), piece, ...pieces.slice(i)])
					),
					to(
						'type ids',
						`${name}: type id of ${i}`,
						of(pieces.with(i, special(piece.SpecialToken.id, 3)))
					)
				);
			} else
				mutations.push(
					to(
						'type ids',
						`${name}: type id of ${i}`,
						of(pieces.with(i, sequence(piece.Sequence.id, 2)))
					)
				);
			if (i > 0)
				mutations.push(
					to(
						'post-processor',
						`${name}: ${i} one earlier`,
						of(pieces.with(i, pieces[i - 1]).with(i - 1, piece))
					)
				);
		}
		if (bos)
			mutations.push(
				to('post-processor', `${name}: a token at the end`, withField(step, name, [...pieces, bos]))
			);
	}
	for (const [name, token] of Object.entries(tokens)) {
		const change = (fields: object) =>
			withField(step, 'special_tokens', { ...tokens, [name]: { ...token, ...fields } });
		mutations.push(
			to('post-processor', `another id for ${name}`, change({ ids: [(token.ids[0] + 1) % 5] })),
			to(
				'post-processor',
				`two ids for ${name}`,
				change({ ids: [token.ids[0], token.ids[0]], tokens: [name, name] })
			),
			to('no effect', `another string for ${name}`, change({ tokens: ['x'] }))
		);
	}
	if (other) {
		const unused = {
			...tokens,
			[other.content]: { id: other.content, ids: [other.id], tokens: [other.content] }
		};
		mutations.push(
			to('no effect', 'a token that no template uses', withField(step, 'special_tokens', unused))
		);
	}
	mutations.push(
		to('refused', 'a template without its token', withField(step, 'special_tokens', {}))
	);
	return mutations;
}
