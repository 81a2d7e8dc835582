import type { Random } from '../../support/random-texts';
import type { AddedToken, Mutation, TokenizerJson } from '../types';
import { change } from './stage-steps';

const FLAGS = ['single_word', 'lstrip', 'rstrip', 'normalized', 'special'] as const;

/** Contents to add, each with texts in which it matters. */
const NEW: readonly (readonly [string, string])[] = [
	['D6', '*/'],
	['added tokens', 'the'],
	['added tokens', '\n\n'],
	['added tokens', '  '],
	['added tokens', '<|new_token|>'],
	['added tokens', ' Hello'],
	['added tokens', '12'],
	['added tokens', '①'],
	['added tokens', 'é'],
	['added tokens', 'e\u0301'],
	['added tokens', '\u{10570}'],
	['added tokens', '>']
];

const plain = (content: string, id: number, fields: Partial<AddedToken> = {}): AddedToken => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: false,
	...fields
});

export function addedTokenMutations(file: TokenizerJson, random: Random): Mutation[] {
	const { added_tokens: tokens } = file;
	const to = (
		className: string,
		name: string,
		added_tokens: readonly AddedToken[],
		probes?: readonly string[]
	) => change(className, `added tokens: ${name}`, () => ({ ...file, added_tokens }), probes);
	const used = new Set([...Object.values(file.model.vocab), ...tokens.map(({ id }) => id)]);
	const next = [...used].reduce((most, id) => Math.max(most, id), 0) + 1;
	const mutations: Mutation[] = [];
	const step = Math.max(1, Math.floor(tokens.length / 12));
	const some = tokens
		.map((token, i) => ({ token, i }))
		.filter(({ token, i }) => i % step === 0 || !token.special)
		.slice(0, 22);
	for (const { token, i } of some) {
		for (const flag of FLAGS) {
			const className =
				flag === 'special'
					? 'D14'
					: flag === 'normalized'
						? file.normalizer
							? 'added tokens'
							: 'D13'
						: 'added tokens';
			mutations.push(
				to(
					className,
					`${flag} of ${token.content} turned`,
					tokens.with(i, { ...token, [flag]: !token[flag] })
				)
			);
		}
		mutations.push(
			to(
				'added tokens',
				`without ${token.content}`,
				tokens.filter((_, j) => j !== i)
			)
		);
		mutations.push(
			to(
				'added tokens',
				`${token.content} renamed`,
				tokens.with(i, { ...token, content: `${token.content}x` })
			)
		);
	}
	for (let i = 0; i < 6 && tokens.length > 1; i++) {
		const at = Math.floor(random() * (tokens.length - 1));
		const [one, other] = [tokens[at], tokens[at + 1]];
		const probes = [one.content, other.content, one.content + other.content];
		mutations.push(
			to(
				'D7',
				`ids of ${one.content} and ${other.content} swapped`,
				tokens.with(at, { ...one, id: other.id }).with(at + 1, { ...other, id: one.id }),
				probes
			),
			to(
				'added tokens',
				`${one.content} and ${other.content} in the other order, ids too`,
				tokens.with(at, { ...other, id: one.id }).with(at + 1, { ...one, id: other.id }),
				probes
			),
			to(
				'added tokens',
				`${one.content} after ${other.content} in the list`,
				tokens.with(at, other).with(at + 1, one),
				probes
			)
		);
	}
	for (const [className, content] of NEW) {
		if (tokens.some((token) => token.content === content)) continue;
		mutations.push(
			to(className, `${JSON.stringify(content)} added`, [...tokens, plain(content, next)]),
			to(className, `${JSON.stringify(content)} added, normalized`, [
				...tokens,
				plain(content, next, { normalized: true })
			]),
			to(className, `${JSON.stringify(content)} added as a single word`, [
				...tokens,
				plain(content, next, { single_word: true })
			]),
			to(className, `${JSON.stringify(content)} added, stripping`, [
				...tokens,
				plain(content, next, { lstrip: true, rstrip: true, special: true })
			])
		);
	}
	const entry = Object.keys(file.model.vocab).find((key, i) => i > 300 && /^[a-z]{3,}$/.test(key));
	if (entry) {
		const id = file.model.vocab[entry];
		mutations.push(
			to('added tokens', `the entry ${entry} added`, [...tokens, plain(entry, id)]),
			to('added tokens', `the entry ${entry} added, special`, [
				...tokens,
				plain(entry, id, { special: true })
			])
		);
	}
	if (tokens.length > 0) {
		mutations.push(
			to('added tokens', 'none', []),
			to(
				'added tokens',
				'the special ones alone',
				tokens.filter((token) => token.special)
			),
			to(
				'added tokens',
				'those that are not special alone',
				tokens.filter((token) => !token.special)
			),
			to('added tokens', 'the list in reverse', [...tokens].reverse()),
			to(
				'added tokens',
				'all normalized',
				tokens.map((token) => ({ ...token, normalized: true }))
			),
			to(
				'added tokens',
				'all special',
				tokens.map((token) => ({ ...token, special: true }))
			),
			to(
				'added tokens',
				'all taking white space',
				tokens.map((token) => ({ ...token, rstrip: true }))
			),
			to(
				'D7',
				'every id one higher',
				tokens.map((token) => ({ ...token, id: token.id + 1 }))
			),
			to(
				'D7',
				'ids from zero',
				tokens.map((token, i) => ({ ...token, id: i }))
			)
		);
		mutations.push(to('formatting', 'the last twice', [...tokens, tokens[tokens.length - 1]]));
	}
	return mutations;
}

/** Tokens that overlap in a text: those that are not normalized are searched first. */
export function overlapMutations(file: TokenizerJson): Mutation[] {
	const used = [...Object.values(file.model.vocab), ...file.added_tokens.map(({ id }) => id)];
	const next = used.reduce((most, id) => Math.max(most, id), 0) + 1;
	const probes = ['x */* y', 'a/*/b', '*/*', '/*/', 'aabaa', 'ababab', '<<a>>', '<a>>', '<<a>'];
	const pairs: readonly (readonly [string, string])[] = [
		['*/', '/*'],
		['aab', 'baa'],
		['<a>', '>>'],
		['ab', 'ba'],
		['*/', '*/*']
	];
	return pairs.flatMap(([first, second]) => {
		const both = (normalized: readonly [boolean, boolean]) =>
			JSON.stringify({
				...file,
				added_tokens: [
					...file.added_tokens,
					plain(first, next, { normalized: normalized[0] }),
					plain(second, next + 1, { normalized: normalized[1] })
				]
			});
		return (
			[
				[true, false],
				[false, true],
				[true, true]
			] as const
		).map((flags): Mutation & { from: string } => ({
			class: 'D6',
			name: `added tokens: ${first} and ${second}, normalized ${flags.join(' and ')}`,
			from: both([false, false]),
			apply: () => both(flags),
			probes
		}));
	});
}
