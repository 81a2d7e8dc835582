import type { Random } from '../../support/random-texts';
import type { AddedToken, Mutation, PairMutation, TokenizerJson } from '../types';
import { Mutations } from './stage-steps';

const FLAGS = ['single_word', 'lstrip', 'rstrip', 'normalized', 'special'] as const;

/** Contents to add. */
const NEW = [
	...['*/', 'the', '\n\n', '  ', '<|new_token|>', ' Hello', '12', '①', 'é', 'e\u0301'],
	...['\u{10570}', '>']
];

const plain = (content: string, id: number, fields: Partial<AddedToken> = {}): AddedToken => ({
	id,
	content,
	...{ single_word: false, lstrip: false, rstrip: false, normalized: false, special: false },
	...fields
});

/** The first id that neither an entry nor an added token has. */
const nextId = ({ model, added_tokens }: TokenizerJson): number =>
	[...Object.values(model.vocab), ...added_tokens.map(({ id }) => id)].reduce(
		(most, id) => Math.max(most, id),
		0
	) + 1;

export function addedTokenMutations(file: TokenizerJson, random: Random): Mutation[] {
	const { added_tokens: tokens } = file;
	const mutations = new Mutations(file, 'added tokens');
	const to = (
		className: string,
		name: string,
		added_tokens: readonly AddedToken[],
		probes?: readonly string[]
	) => mutations.add(className, name, () => ({ ...file, added_tokens }), probes);
	const next = nextId(file);
	const step = Math.max(1, Math.floor(tokens.length / 12));
	const some = Array.from(tokens.entries())
		.filter(([i, token]) => i % step === 0 || !token.special)
		.slice(0, 22);
	for (const [i, token] of some) {
		const { content } = token;
		for (const flag of FLAGS) {
			const isUnread = flag === 'normalized' && !file.normalizer;
			const className = flag === 'special' ? 'D14' : isUnread ? 'D13' : 'added tokens';
			const turned = { ...token, [flag]: !token[flag] };
			to(className, `${flag} of ${content} turned`, tokens.with(i, turned));
		}
		to('added tokens', `without ${content}`, tokens.toSpliced(i, 1));
		const renamed = tokens.with(i, { ...token, content: `${content}x` });
		to('added tokens', `${content} renamed`, renamed);
	}
	for (let i = 0; i < 6 && tokens.length > 1; i++) {
		const at = Math.floor(random() * (tokens.length - 1));
		const [one, other] = tokens.slice(at, at + 2);
		const names = [one.content, other.content];
		const probes = [...names, names.join('')];
		const both = (first: AddedToken, second: AddedToken) => tokens.toSpliced(at, 2, first, second);
		const [asOne, asOther] = [{ id: one.id }, { id: other.id }];
		const swapped = both({ ...one, ...asOther }, { ...other, ...asOne });
		to('D7', `ids of ${names.join(' and ')} swapped`, swapped, probes);
		const exchanged = both({ ...other, ...asOne }, { ...one, ...asOther });
		to('added tokens', `${names.join(' and ')} in the other order, ids too`, exchanged, probes);
		const later = `${names.join(' after ')} in the list`;
		to('added tokens', later, both(other, one), probes);
	}
	const added = (className: string, name: string, token: AddedToken) =>
		to(className, name, [...tokens, token]);
	for (const content of NEW) {
		if (tokens.some((token) => token.content === content)) continue;
		const as = (how: string, fields: Partial<AddedToken> = {}) =>
			added(
				content === '*/' ? 'D6' : 'added tokens',
				`${JSON.stringify(content)} added${how}`,
				plain(content, next, fields)
			);
		as('');
		as(', normalized', { normalized: true });
		as(' as a single word', { single_word: true });
		as(', stripping', { lstrip: true, rstrip: true, special: true });
	}
	const entry = Object.keys(file.model.vocab).find((key, i) => i > 300 && /^[a-z]{3,}$/.test(key));
	if (entry) {
		const id = file.model.vocab[entry];
		added('added tokens', `the entry ${entry} added`, plain(entry, id));
		const special = plain(entry, id, { special: true });
		added('added tokens', `the entry ${entry} added, special`, special);
	}
	if (tokens.length > 0) {
		const all = (
			className: string,
			name: string,
			changed: (token: AddedToken, i: number) => Partial<AddedToken>
		) =>
			to(
				className,
				name,
				tokens.map((token, i) => ({ ...token, ...changed(token, i) }))
			);
		const special = tokens.filter((token) => token.special);
		const plainOnes = tokens.filter((token) => !token.special);
		to('added tokens', 'none', []);
		to('added tokens', 'the special ones alone', special);
		to('added tokens', 'those that are not special alone', plainOnes);
		to('added tokens', 'the list in reverse', [...tokens].reverse());
		all('added tokens', 'all normalized', () => ({ normalized: true }));
		all('added tokens', 'all special', () => ({ special: true }));
		all('added tokens', 'all taking white space', () => ({ rstrip: true }));
		all('D7', 'every id one higher', ({ id }) => ({ id: id + 1 }));
		all('D7', 'ids from zero', (_, i) => ({ id: i }));
		added('formatting', 'the last twice', tokens[tokens.length - 1]);
	}
	return mutations.list;
}

/** Tokens that overlap in a text: those that are not normalized are searched first. */
export function overlapMutations(file: TokenizerJson): PairMutation[] {
	const mutations = new Mutations(file, 'added tokens');
	const next = nextId(file);
	const probes = ['x */* y', 'a/*/b', '*/*', '/*/', 'aabaa', 'ababab', '<<a>>', '<a>>', '<<a>'];
	for (const pair of ['*/ /*', 'aab baa', '<a> >>', 'ab ba', '*/ */*']) {
		const contents = pair.split(' ');
		const both = (flags: readonly boolean[]) => ({
			...file,
			added_tokens: [
				...file.added_tokens,
				...flags.map((normalized, i) => plain(contents[i], next + i, { normalized }))
			]
		});
		const from = JSON.stringify(both([false, false]));
		const all = [
			[true, false],
			[false, true],
			[true, true]
		];
		for (const flags of all) {
			const name = `${contents.join(' and ')}, normalized ${flags.join(' and ')}`;
			mutations.add('D6', name, () => both(flags), probes, from);
		}
	}
	return mutations.list;
}
