import type { Random } from '../../support/random-texts';
import { mergeLike, mergeParts } from '../merges';
import { entryText } from '../probes';
import type { Merge, Model, Mutation, TokenizerJson } from '../types';
import { change, withoutField } from './stage-steps';

const below = (random: Random, limit: number) => Math.floor(random() * limit);

/** Changes of the flags of the model. */
export function modelFlagMutations(file: TokenizerJson): Mutation[] {
	const { model } = file;
	const to = (className: string, name: string, fields: object) =>
		change(className, `model: ${name}`, () => ({ ...file, model: { ...model, ...fields } }));
	const someEntry = Object.keys(model.vocab)[40];
	const mutations: Mutation[] = [
		to(model.byte_fallback === true ? 'D13' : 'model', 'ignore_merges turned', {
			ignore_merges: model.ignore_merges !== true
		}),
		to('model', 'byte_fallback turned', { byte_fallback: model.byte_fallback !== true }),
		to('model', 'fuse_unk turned', { fuse_unk: model.fuse_unk !== true }),
		to('model', 'no unk_token', { unk_token: null }),
		to('model', 'another unk_token', { unk_token: someEntry }),
		to('model', 'an unk_token that is no entry', { unk_token: '<no such token>' }),
		to('model', 'dropout 0.1', { dropout: 0.1 }),
		to('model', 'dropout 1', { dropout: 1 }),
		to('model', 'dropout 0', { dropout: 0 }),
		to('unread stage', 'a continuing_subword_prefix', { continuing_subword_prefix: '##' }),
		to('unread stage', 'an end_of_word_suffix', { end_of_word_suffix: '</w>' }),
		to('refused', 'dropout 2', { dropout: 2 }),
		to('refused', 'ignore_merges as a string', { ignore_merges: 'true' }),
		to('refused', 'an unknown type', { type: 'BPE2' }),
		to('refused', 'a WordPiece', { type: 'WordPiece' })
	];
	const flags = [
		'ignore_merges',
		'byte_fallback',
		'fuse_unk',
		'unk_token',
		'dropout',
		'continuing_subword_prefix',
		'end_of_word_suffix'
	];
	for (const flag of flags) {
		if (Object.hasOwn(model, flag))
			mutations.push(
				change(
					model[flag] === true || typeof model[flag] === 'string' ? 'model' : 'formatting',
					`model: no field ${flag}`,
					() => ({ ...file, model: withoutField(model, flag) })
				)
			);
		else
			mutations.push(
				to('formatting', `${flag} written out`, {
					[flag]:
						flag === 'unk_token' ||
						flag === 'dropout' ||
						flag.includes('prefix') ||
						flag.includes('suffix')
							? null
							: false
				})
			);
	}
	for (const affix of ['continuing_subword_prefix', 'end_of_word_suffix']) {
		mutations.push(
			to('formatting', `${affix} ${model[affix] === '' ? 'null' : 'empty'}`, {
				[affix]: model[affix] === '' ? null : ''
			})
		);
	}
	mutations.push(
		change('formatting', 'model: no type', () => ({ ...file, model: withoutField(model, 'type') })),
		change('formatting', 'model: an unknown field', () => ({
			...file,
			model: { ...model, note: 'x' }
		}))
	);
	return mutations;
}

/** Changes of vocabulary entries and their ids. */
export function vocabularyMutations(
	file: TokenizerJson,
	random: Random,
	count: number
): Mutation[] {
	const { model } = file;
	const entries = Object.entries(model.vocab);
	const to = (
		className: string,
		name: string,
		vocab: () => Record<string, number>,
		probes?: readonly string[]
	) =>
		change(
			className,
			`vocabulary: ${name}`,
			() => ({ ...file, model: { ...model, vocab: vocab() } }),
			probes
		);
	const textsOf = (...keys: readonly string[]) =>
		keys.flatMap((key) => [
			entryText(file, key),
			`a ${entryText(file, key)}`,
			entryText(file, key).trimStart()
		]);
	const any = () => entries[below(random, entries.length)];
	const mutations: Mutation[] = [];
	const size = entries.length;
	for (let i = 0; i < count; i++) {
		const [one, idOne] = any();
		const [other, idOther] = any();
		if (one !== other) {
			mutations.push(
				to(
					'vocabulary',
					`ids of ${one} and ${other} swapped`,
					() => ({ ...model.vocab, [one]: idOther, [other]: idOne }),
					textsOf(one, other)
				)
			);
		}
		const needed = any();
		mutations.push(
			change(
				'vocabulary',
				`vocabulary: ${needed[0]} renamed with its merges`,
				() => renamed(file, needed[0], `${needed[0]}~`),
				textsOf(needed[0])
			)
		);
		const merge = model.merges[below(random, model.merges.length)];
		const [left, right] = mergeParts(merge);
		const product = left + right;
		mutations.push(
			change(
				'vocabulary',
				`vocabulary: ${product} and its merges removed`,
				() => without(file, product),
				textsOf(product)
			),
			to('refused', `${product} removed, its merges not`, () =>
				Object.fromEntries(entries.filter(([key]) => key !== product))
			)
		);
	}
	mutations.push(
		to(
			'D13',
			'an entry appended that nothing merges to',
			() => ({ ...model.vocab, 'zqx~zqx': size + 5000 }),
			['zqx~zqx', 'a zqx~zqx']
		),
		to(
			'D13',
			'three entries appended that nothing merges to',
			() => ({ ...model.vocab, '~q~q': size + 5000, '~q~r': size + 5001, '~q~s': size + 5002 }),
			['~q~q', '~q~r']
		),
		to(
			'vocabulary',
			'an entry of a character appended',
			() => ({ ...model.vocab, '\u{1FAE9}': size + 5000 }),
			['\u{1FAE9}', 'a\u{1FAE9}']
		),
		to(
			'vocabulary',
			'a control character appended',
			() => ({ ...model.vocab, '\u0081': size + 5000 }),
			['\u0081', 'a\u0081b']
		),
		to('vocabulary', 'all ids one higher from the middle', () =>
			Object.fromEntries(entries.map(([key, id]) => [key, id >= size / 2 ? id + 1 : id]))
		),
		to('vocabulary', 'the last two ids swapped', () => {
			const [a, b] = entries.toSorted((x, y) => y[1] - x[1]);
			return { ...model.vocab, [a[0]]: b[1], [b[0]]: a[1] };
		}),
		to(
			'vocabulary',
			'two entries with one id',
			() => ({ ...model.vocab, [entries[300][0]]: entries[301][1] }),
			textsOf(entries[300][0], entries[301][0])
		),
		to('refused', 'a negative id', () => ({ ...model.vocab, [entries[300][0]]: -1 })),
		to('refused', 'an id that is no whole number', () => ({
			...model.vocab,
			[entries[300][0]]: 1.5
		})),
		to('formatting', 'in another order', () => Object.fromEntries([...entries].reverse()))
	);
	const appended = appendedMerge(file);
	if (appended) {
		mutations.push(
			change(
				'vocabulary',
				`vocabulary: ${appended.join('')} appended with a merge`,
				() => ({ ...file, model: withEntry(model, appended) }),
				textsOf(appended.join(''))
			)
		);
	}
	return mutations;
}

/** Two tokens whose concatenation is no entry yet, the first made of letters. */
function appendedMerge({ model }: TokenizerJson): readonly [string, string] | null {
	const words = Object.keys(model.vocab).filter((key) => /^[a-z]{2,5}$/.test(key));
	for (const left of words.slice(0, 60)) {
		for (const right of words.slice(0, 60)) {
			if (!Object.hasOwn(model.vocab, left + right)) return [left, right];
		}
	}
	return null;
}

function withEntry(model: Model, [left, right]: readonly [string, string]): Model {
	const id = Object.values(model.vocab).reduce((most, other) => Math.max(most, other), 0) + 5000;
	return {
		...model,
		vocab: { ...model.vocab, [left + right]: id },
		merges: [...model.merges, mergeLike(model.merges[0], left, right)]
	};
}

/** The file without an entry and without every merge that needs it. */
function without(file: TokenizerJson, entry: string): TokenizerJson {
	const vocab = Object.fromEntries(
		Object.entries(file.model.vocab).filter(([key]) => key !== entry)
	);
	const merges = file.model.merges.filter((merge) => {
		const [left, right] = mergeParts(merge);
		return left !== entry && right !== entry && left + right !== entry;
	});
	return { ...file, model: { ...file.model, vocab, merges } };
}

function renamed(file: TokenizerJson, entry: string, name: string): TokenizerJson {
	const smaller = without(file, entry);
	return {
		...smaller,
		model: { ...smaller.model, vocab: { ...smaller.model.vocab, [name]: file.model.vocab[entry] } }
	};
}

/** Changes of the list of merges. */
export function mergeMutations(file: TokenizerJson, random: Random, count: number): Mutation[] {
	const { model } = file;
	const { merges } = model;
	const to = (className: string, name: string, changed: () => readonly (Merge | string[])[]) =>
		change(className, `merges: ${name}`, () => ({
			...file,
			model: { ...model, merges: changed() }
		}));
	const shown = (i: number) => mergeParts(merges[i]).join(' ');
	const mutations: Mutation[] = [];
	const dependent = dependentNeighbours(merges);
	for (let i = 0; i < count; i++) {
		const at = below(random, merges.length - 1);
		mutations.push(
			to(dependent(at) ? 'merges' : 'D13', `${at} (${shown(at)}) after ${shown(at + 1)}`, () =>
				merges.with(at, merges[at + 1]).with(at + 1, merges[at])
			),
			to('merges', `without ${at} (${shown(at)})`, () => merges.filter((_, j) => j !== at))
		);
		const far = below(random, merges.length);
		if (far !== at)
			mutations.push(
				to('merges', `${at} and ${far} swapped`, () =>
					merges.with(at, merges[far]).with(far, merges[at])
				)
			);
		const later = at + 1 + below(random, merges.length - at);
		mutations.push(
			to('merges', `${at} (${shown(at)}) again at ${later}`, () => [
				...merges.slice(0, later),
				merges[at],
				...merges.slice(later)
			])
		);
		const from = below(random, at + 1);
		mutations.push(
			to('merges', `${at} (${shown(at)}) to ${from}`, () => [
				...merges.slice(0, from),
				merges[at],
				...merges.slice(from, at),
				...merges.slice(at + 1)
			])
		);
	}
	const close = Array.from(merges.keys()).filter((at) => at < merges.length - 1 && dependent(at));
	for (let i = 0; i < count && close.length > 0; i++) {
		const at = close[below(random, close.length)];
		mutations.push(
			to('merges', `${at} (${shown(at)}) after its neighbour ${shown(at + 1)}`, () =>
				merges.with(at, merges[at + 1]).with(at + 1, merges[at])
			)
		);
	}
	const last = Math.min(1000, Math.floor(merges.length / 3));
	const [left, right] = mergeParts(merges[5]);
	mutations.push(
		to('merges', `without the last ${last}`, () => merges.slice(0, -last)),
		to('merges', 'without the last', () => merges.slice(0, -1)),
		to('merges', 'none', () => []),
		to('merges', 'in reverse', () => [...merges].reverse()),
		to('merges', 'the first at the end', () => [...merges.slice(1), merges[0]]),
		to('D9', 'pairs and strings mixed', () =>
			merges.with(5, typeof merges[5] === 'string' ? [left, right] : `${left} ${right}`)
		),
		to('refused', 'one whose product is no entry', () => [
			...merges,
			mergeLike(merges[0], left, 'no such token')
		]),
		to('refused', 'one of three tokens', () => [
			...merges.slice(0, 5),
			typeof merges[0] === 'string' ? `${left} ${right} x` : [left, right, 'x']
		]),
		change('refused', 'merges: an object', () => ({
			...file,
			model: { ...model, merges: { ...merges } }
		}))
	);
	const spaced = merges.some((merge) => mergeParts(merge).some((part) => part.includes(' ')));
	const all = merges.map(mergeParts);
	mutations.push(
		typeof merges[0] === 'string'
			? to('formatting', 'as pairs', () => all)
			: to(spaced ? 'D9' : 'formatting', 'as strings', () => all.map((parts) => parts.join(' ')))
	);
	return mutations;
}

/** Whether a merge and the next one share a token, so that their order may matter. */
const dependentNeighbours =
	(merges: readonly Merge[]) =>
	(at: number): boolean => {
		const [left, right] = mergeParts(merges[at]);
		const [nextLeft, nextRight] = mergeParts(merges[at + 1]);
		const product = left + right;
		return (
			right === nextLeft ||
			left === nextRight ||
			nextLeft === product ||
			nextRight === product ||
			left === nextLeft ||
			right === nextRight
		);
	};
