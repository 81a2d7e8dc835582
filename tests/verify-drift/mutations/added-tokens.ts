import type { Random } from '../../support/random-texts';
import type { AddedToken, Mutation, TokenizerJson } from '../types';
import { type Add, Mutations } from './stage-steps';

const FLAGS = ['single_word', 'lstrip', 'rstrip', 'normalized', 'special'] as const;

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

/** First id above the ids of all entries and added tokens. */
function nextId({ model, added_tokens }: TokenizerJson): number {
	const ids = [...Object.values(model.vocab), ...added_tokens.map(({ id }) => id)];
	return 1 + ids.reduce((most, id) => Math.max(most, id));
}

export function addedTokenMutations(file: TokenizerJson, random: Random): Mutation[] {
	const { added_tokens: tokens } = file;
	const mutations = new Mutations(file, 'added tokens');
	const to: Add<readonly AddedToken[]> = (className, name, added_tokens, probes) =>
		mutations.add(className, name, () => ({ ...file, added_tokens }), probes);
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
	const added: Add<AddedToken> = (className, name, token) =>
		to(className, name, [...tokens, token]);
	for (const content of NEW) {
		if (tokens.some((token) => token.content === content)) continue;
		const className = content === '*/' ? 'D6' : 'added tokens';
		const as = (how: string, fields: Partial<AddedToken> = {}) =>
			added(className, `${JSON.stringify(content)} added${how}`, plain(content, next, fields));
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
		const all: Add<(token: AddedToken, i: number) => object> = (className, name, fieldsOf) => {
			const changed = tokens.map((token, i) => ({ ...token, ...fieldsOf(token, i) }));
			to(className, name, changed);
		};
		const those = (isSpecial: boolean) => tokens.filter(({ special }) => special === isSpecial);
		to('added tokens', 'none', []);
		to('added tokens', 'the special ones alone', those(true));
		to('added tokens', 'those that are not special alone', those(false));
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

/**
 * Mutations of the `normalized` flags of two added tokens whose matches in a text can overlap. The library searches for
 * the tokens that are not normalized first.
 */
export function overlapMutations(file: TokenizerJson): Mutation[] {
	const mutations = new Mutations(file, 'added tokens');
	const next = nextId(file);
	const probes = ['x */* y', 'a/*/b', '*/*', '/*/', 'aabaa', 'ababab', '<<a>>', '<a>>', '<<a>'];
	for (const pair of ['*/ /*', 'aab baa', '<a> >>', 'ab ba', '*/ */*']) {
		const contents = pair.split(' ');
		const both = (...flags: readonly boolean[]) => {
			const tokens = flags.map((normalized, i) => plain(contents[i], next + i, { normalized }));
			return { ...file, added_tokens: [...file.added_tokens, ...tokens] };
		};
		const from = JSON.stringify(both(false, false));
		for (const flags of ['true false', 'false true', 'true true'].map((two) => two.split(' '))) {
			const name = `${contents.join(' and ')}, normalized ${flags.join(' and ')}`;
			const changed = () => both(...flags.map((flag) => flag === 'true'));
			mutations.add('D6', name, changed, probes, from);
		}
	}
	return mutations.list;
}
