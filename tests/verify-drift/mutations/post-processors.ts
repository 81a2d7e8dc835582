import { byteLevel } from '../../support/spec-parts';
import type { AddedToken, Mutation, Stage, TokenizerJson } from '../types';
import { type Add, StageMutations } from './stage-steps';

type Piece =
	| { SpecialToken: { id: string; type_id: number } }
	| { Sequence: { id: 'A' | 'B'; type_id: number } };

const special = (id: string, type_id = 0): Piece => ({ SpecialToken: { id, type_id } });
const sequence = (id: 'A' | 'B', type_id = 0): Piece => ({ Sequence: { id, type_id } });

const templateToken = ({ content, id }: AddedToken) => ({
	...{ id: content, ids: [id], tokens: [content] }
});

export function postProcessorMutations(file: TokenizerJson): Mutation[] {
	const mutations = new StageMutations(file, 'post_processor');
	const { steps } = mutations;
	const token = file.added_tokens.find((added) => added.special) ?? file.added_tokens.at(0);
	const other = file.added_tokens.findLast((added) => added.special && added !== token) ?? token;
	const sep = [other?.content ?? 'a', other?.id ?? 0];
	const ends = { sep, cls: [token?.content ?? 'b', token?.id ?? 1] };
	const roberta = { ...ends, trim_offsets: true, add_prefix_space: true };
	mutations.last('offsets only', 'ByteLevel last', byteLevel());
	mutations.to('unread stage', 'RobertaProcessing', [{ type: 'RobertaProcessing', ...roberta }]);
	mutations.to('unread stage', 'BertProcessing', [{ type: 'BertProcessing', ...ends }]);
	const index = steps.findIndex(({ type }) => type === 'TemplateProcessing');
	if (index >= 0) templateMutations(mutations, index, other);
	else if (token && other) {
		const special_tokens = {
			[token.content]: templateToken(token),
			[other.content]: templateToken(other)
		};
		const template: Add<{ single: Piece[]; pair: Piece[] }> = (className, name, pieces) =>
			mutations.last(className, name, { type: 'TemplateProcessing', ...pieces, special_tokens });
		const [bos, eos] = [special(token.content), special(other.content)];
		const [a, b] = [sequence('A'), sequence('B', 1)];
		const late = special(other.content, 1);
		template('post-processor', 'BOS added', { single: [bos, a], pair: [bos, a, b] });
		template('post-processor', 'EOS added', { single: [a, eos], pair: [a, b, late] });
		template('post-processor', 'a separator in pairs only', { single: [a], pair: [a, eos, b] });
		template('post-processor', 'pairs in reverse', { single: [a], pair: [sequence('B'), a] });
		template('no effect', 'a template without tokens', { single: [a], pair: [a, b] });
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
	readonly special_tokens: Readonly<Record<string, { ids: readonly number[] }>>;
}

function templateMutations(mutations: StageMutations, index: number, other?: AddedToken): void {
	const template = mutations.steps[index] as Template;
	const bos = template.single.find((piece) => 'SpecialToken' in piece);
	for (const part of ['single', 'pair'] as const) {
		const pieces = template[part];
		const to: Add<readonly Piece[]> = (className, name, changed) =>
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
	const to: Add<object> = (className, name, special_tokens) =>
		mutations.fields(className, name, index, { special_tokens });
	for (const [name, token] of Object.entries(tokens)) {
		const [id] = token.ids;
		const as = (fields: object) => ({ ...tokens, [name]: { ...token, ...fields } });
		to('post-processor', `another id for ${name}`, as({ ids: [(id + 1) % 5] }));
		to('post-processor', `two ids for ${name}`, as({ ids: [id, id], tokens: [name, name] }));
		to('no effect', `another string for ${name}`, as({ tokens: ['x'] }));
	}
	if (other) {
		const unused = { [other.content]: templateToken(other) };
		to('no effect', 'a token that no template uses', { ...tokens, ...unused });
	}
	to('refused', 'a template without its token', {});
}
