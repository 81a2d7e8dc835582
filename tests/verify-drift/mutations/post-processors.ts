import { byteLevel } from '../../support/spec-parts';
import type { Mutation, Stage, TokenizerJson } from '../types';
import { StageMutations } from './stage-steps';

type Piece =
	| { SpecialToken: { id: string; type_id: number } }
	| { Sequence: { id: 'A' | 'B'; type_id: number } };

const special = (id: string, type_id = 0): Piece => ({ SpecialToken: { id, type_id } });
const sequence = (id: 'A' | 'B', type_id = 0): Piece => ({ Sequence: { id, type_id } });

export function postProcessorMutations(file: TokenizerJson): Mutation[] {
	const mutations = new StageMutations(file, 'post_processor');
	const { steps } = mutations;
	const token = file.added_tokens.find((added) => added.special) ?? file.added_tokens.at(0);
	const other = file.added_tokens.findLast((added) => added.special && added !== token) ?? token;
	const ends = {
		sep: [other?.content ?? 'a', other?.id ?? 0],
		cls: [token?.content ?? 'b', token?.id ?? 1]
	};
	const roberta = { ...ends, trim_offsets: true, add_prefix_space: true };
	mutations.last('offsets only', 'ByteLevel last', byteLevel());
	mutations.to('unread stage', 'RobertaProcessing', [{ type: 'RobertaProcessing', ...roberta }]);
	mutations.to('unread stage', 'BertProcessing', [{ type: 'BertProcessing', ...ends }]);
	const index = steps.findIndex(({ type }) => type === 'TemplateProcessing');
	if (index >= 0) templateMutations(mutations, index, other);
	else if (token && other) {
		const special_tokens = Object.fromEntries(
			[token, other].map(({ content, id }) => [
				content,
				{ id: content, ids: [id], tokens: [content] }
			])
		);
		const template = (
			className: string,
			name: string,
			single: readonly Piece[],
			pair: readonly Piece[]
		) =>
			mutations.last(className, name, { type: 'TemplateProcessing', single, pair, special_tokens });
		const [bos, eos, a, b] = [
			...[special(token.content), special(other.content)],
			...[sequence('A'), sequence('B', 1)]
		];
		template('post-processor', 'BOS added', [bos, a], [bos, a, b]);
		template('post-processor', 'EOS added', [a, eos], [a, b, special(other.content, 1)]);
		template('post-processor', 'a separator in pairs only', [a], [a, eos, b]);
		template('post-processor', 'pairs in reverse', [a], [sequence('B'), a]);
		template('no effect', 'a template without tokens', [a], [a, b]);
	}
	for (const [i, { type }] of steps.entries()) {
		mutations.without('post-processor', i);
		mutations.twice('post-processor', i);
		if (type !== 'ByteLevel') continue;
		const nameOf = (flag: string) => `${flag} turned in ${i}`;
		mutations.turn('offsets only', nameOf, i, 'add_prefix_space', 'trim_offsets', 'use_regex');
	}
	if (file.post_processor) {
		mutations.set('post-processor', 'null', { post_processor: null });
		mutations.inSequence();
	}
	return mutations.list;
}

interface Template extends Stage {
	readonly single: readonly Piece[];
	readonly pair: readonly Piece[];
	readonly special_tokens: Readonly<
		Record<string, { id: string; ids: readonly number[]; tokens: readonly string[] }>
	>;
}

function templateMutations(
	mutations: StageMutations,
	index: number,
	other: { content: string; id: number } | undefined
): void {
	const template = mutations.steps[index] as Template;
	const bos = template.single.find((piece) => 'SpecialToken' in piece);
	for (const part of ['single', 'pair'] as const) {
		const pieces = template[part];
		const to = (className: string, name: string, changed: readonly Piece[]) =>
			mutations.fields(className, `${part}: ${name}`, index, { [part]: changed });
		for (const [i, piece] of pieces.entries()) {
			if ('SpecialToken' in piece) {
				const { id } = piece.SpecialToken;
				const rest = pieces.filter((_, j) => j !== i);
				to('post-processor', `without ${id} ${i}`, rest);
				to('post-processor', `${id} ${i} twice`, rest.toSpliced(i, 0, piece, piece));
				to('type ids', `type id of ${i}`, pieces.with(i, special(id, 3)));
			} else to('type ids', `type id of ${i}`, pieces.with(i, sequence(piece.Sequence.id, 2)));
			const earlier = () => pieces.with(i, pieces[i - 1]).with(i - 1, piece);
			if (i > 0) to('post-processor', `${i} one earlier`, earlier());
		}
		if (bos) to('post-processor', 'a token at the end', [...pieces, bos]);
	}
	const tokens = template.special_tokens;
	const to = (className: string, name: string, special_tokens: object) =>
		mutations.fields(className, name, index, { special_tokens });
	for (const [name, token] of Object.entries(tokens)) {
		const [id] = token.ids;
		const as = (fields: object) => ({ ...tokens, [name]: { ...token, ...fields } });
		to('post-processor', `another id for ${name}`, as({ ids: [(id + 1) % 5] }));
		to('post-processor', `two ids for ${name}`, as({ ids: [id, id], tokens: [name, name] }));
		to('no effect', `another string for ${name}`, as({ tokens: ['x'] }));
	}
	if (other) {
		const unused = { id: other.content, ids: [other.id], tokens: [other.content] };
		to('no effect', 'a token that no template uses', { ...tokens, [other.content]: unused });
	}
	to('refused', 'a template without its token', {});
}
