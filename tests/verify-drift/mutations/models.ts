import { below, type Random } from '../../support/random-texts';
import { mergeLike, mergeParts } from '../merges';
import { entryText } from '../probes';
import type { Merge, Model, Mutation, TokenizerJson } from '../types';
import { type Add, Mutations, withoutField } from './stage-steps';

/** Flags, with the values that are equivalent to leaving the flag out. */
const FLAGS = {
	...{ ignore_merges: false, byte_fallback: false, fuse_unk: false, unk_token: null },
	...{ dropout: null, continuing_subword_prefix: null, end_of_word_suffix: null }
};

export function modelFlagMutations(file: TokenizerJson): Mutation[] {
	const { model } = file;
	const mutations = new Mutations(file, 'model');
	const to: Add<object> = (className, name, fields) =>
		mutations.model(className, name, () => fields);
	const without: Add<string> = (className, name, field) =>
		mutations.set(className, name, { model: withoutField(model, field) });
	const ignored = { ignore_merges: model.ignore_merges !== true };
	to(model.byte_fallback === true ? 'D13' : 'model', 'ignore_merges turned', ignored);
	to('model', 'byte_fallback turned', { byte_fallback: model.byte_fallback !== true });
	to('model', 'fuse_unk turned', { fuse_unk: model.fuse_unk !== true });
	to('model', 'no unk_token', { unk_token: null });
	to('model', 'another unk_token', { unk_token: Object.keys(model.vocab)[40] });
	to('model', 'an unk_token that is no entry', { unk_token: '<no such token>' });
	for (const dropout of [0.1, 1, 0]) to('model', `dropout ${dropout}`, { dropout });
	to('unread stage', 'a continuing_subword_prefix', { continuing_subword_prefix: '##' });
	to('unread stage', 'an end_of_word_suffix', { end_of_word_suffix: '</w>' });
	to('refused', 'dropout 2', { dropout: 2 });
	to('refused', 'ignore_merges as a string', { ignore_merges: 'true' });
	to('refused', 'an unknown type', { type: 'BPE2' });
	to('refused', 'a WordPiece', { type: 'WordPiece' });
	for (const [flag, absent] of Object.entries(FLAGS)) {
		const isSet = model[flag] === true || typeof model[flag] === 'string';
		if (Object.hasOwn(model, flag))
			without(isSet ? 'model' : 'formatting', `no field ${flag}`, flag);
		else to('formatting', `${flag} written out`, { [flag]: absent });
	}
	for (const affix of ['continuing_subword_prefix', 'end_of_word_suffix']) {
		const isEmpty = model[affix] === '';
		const name = `${affix} ${isEmpty ? 'null' : 'empty'}`;
		to('formatting', name, { [affix]: isEmpty ? null : '' });
	}
	without('formatting', 'no type', 'type');
	to('formatting', 'an unknown field', { note: 'x' });
	return mutations.list;
}

export function vocabularyMutations(
	file: TokenizerJson,
	random: Random,
	count: number
): Mutation[] {
	const { model } = file;
	const entries = Object.entries(model.vocab);
	const size = entries.length;
	const mutations = new Mutations(file, 'vocabulary');
	const to: Add<() => Model['vocab']> = (className, name, vocab) =>
		mutations.model(className, name, () => ({ vocab: vocab() }));
	const set: Add<Model['vocab']> = (className, name, ids, probes) =>
		mutations.model(className, name, () => ({ vocab: { ...model.vocab, ...ids } }), probes);
	const textsOf = (...keys: readonly string[]) =>
		keys
			.map((key) => entryText(file, key))
			.flatMap((text) => [text, `a ${text}`, text.trimStart()]);
	const any = () => entries[below(random, size)];
	for (let i = 0; i < count; i++) {
		const [[one, idOne], [other, idOther]] = [any(), any()];
		const swapped = { [one]: idOther, [other]: idOne };
		const name = `ids of ${one} and ${other} swapped`;
		if (one !== other) set('vocabulary', name, swapped, textsOf(one, other));
		const [needed] = any();
		const rename = () => renamed(file, needed, `${needed}~`);
		mutations.add('vocabulary', `${needed} renamed with its merges`, rename, textsOf(needed));
		const product = mergeParts(model.merges[below(random, model.merges.length)]).join('');
		const remove = () => without(file, product);
		mutations.add('vocabulary', `${product} and its merges removed`, remove, textsOf(product));
		to('refused', `${product} removed, its merges not`, () =>
			Object.fromEntries(entries.filter(([key]) => key !== product))
		);
	}
	const id = size + 5000;
	const three = { '~q~q': id, '~q~r': id + 1, '~q~s': id + 2 };
	const one = 'an entry appended that nothing merges to';
	set('D13', one, { 'zqx~zqx': id }, ['zqx~zqx', 'a zqx~zqx']);
	set('D13', 'three entries appended that nothing merges to', three, ['~q~q', '~q~r']);
	const emoji = '\u{1FAE9}';
	set('vocabulary', 'an entry of a character appended', { [emoji]: id }, [emoji, `a${emoji}`]);
	const control = '\u0081';
	const controls = [control, `a${control}b`];
	set('vocabulary', 'a control character appended', { [control]: id }, controls);
	to('vocabulary', 'all ids one higher from the middle', () =>
		Object.fromEntries(entries.map(([key, id]) => [key, id >= size / 2 ? id + 1 : id]))
	);
	to('vocabulary', 'the last two ids swapped', () => {
		const [a, b] = entries.toSorted((x, y) => y[1] - x[1]);
		return { ...model.vocab, [a[0]]: b[1], [b[0]]: a[1] };
	});
	const [[first], [second, secondId]] = entries.slice(300, 302);
	set('vocabulary', 'two entries with one id', { [first]: secondId }, textsOf(first, second));
	set('refused', 'a negative id', { [first]: -1 });
	set('refused', 'an id that is no whole number', { [first]: 1.5 });
	to('formatting', 'in another order', () => Object.fromEntries([...entries].reverse()));
	const merge = appendedMerge(file);
	if (merge) {
		const product = merge.join('');
		const name = `${product} appended with a merge`;
		mutations.model('vocabulary', name, () => withEntry(model, merge), textsOf(product));
	}
	return mutations.list;
}

/** Finds two short lower-case tokens whose concatenation is not an entry yet. */
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

/** The file without an entry and without the merges that need this entry. */
function without(file: TokenizerJson, entry: string): TokenizerJson {
	const vocab = withoutField(file.model.vocab, entry) as Model['vocab'];
	const merges = file.model.merges.filter((merge) => {
		const [left, right] = mergeParts(merge);
		return left !== entry && right !== entry && left + right !== entry;
	});
	return { ...file, model: { ...file.model, vocab, merges } };
}

function renamed(file: TokenizerJson, entry: string, name: string): TokenizerJson {
	const smaller = without(file, entry);
	const vocab = { ...smaller.model.vocab, [name]: file.model.vocab[entry] };
	return { ...smaller, model: { ...smaller.model, vocab } };
}

export function mergeMutations(file: TokenizerJson, random: Random, count: number): Mutation[] {
	const { merges } = file.model;
	const mutations = new Mutations(file, 'merges');
	const to: Add<() => readonly (Merge | string[])[]> = (className, name, changed) =>
		mutations.model(className, name, () => ({ merges: changed() }));
	const shown = (i: number) => mergeParts(merges[i]).join(' ');
	const swapped = (i: number, j: number) => merges.with(i, merges[j]).with(j, merges[i]);
	const dependent = (at: number) => isBeforeDependent(merges, at);
	for (let i = 0; i < count; i++) {
		const at = below(random, merges.length - 1);
		const one = `${at} (${shown(at)})`;
		const className = dependent(at) ? 'merges' : 'D13';
		to(className, `${one} after ${shown(at + 1)}`, () => swapped(at, at + 1));
		to('merges', `without ${one}`, () => merges.toSpliced(at, 1));
		const far = below(random, merges.length);
		if (far !== at) to('merges', `${at} and ${far} swapped`, () => swapped(at, far));
		const later = at + 1 + below(random, merges.length - at);
		to('merges', `${one} again at ${later}`, () => merges.toSpliced(later, 0, merges[at]));
		const from = below(random, at + 1);
		to('merges', `${one} to ${from}`, () => merges.toSpliced(at, 1).toSpliced(from, 0, merges[at]));
	}
	const close = Array.from(merges.keys()).filter((at) => at < merges.length - 1 && dependent(at));
	for (let i = 0; i < count && close.length > 0; i++) {
		const at = close[below(random, close.length)];
		const name = `${at} (${shown(at)}) after its neighbour ${shown(at + 1)}`;
		to('merges', name, () => swapped(at, at + 1));
	}
	const last = Math.min(1000, Math.floor(merges.length / 3));
	const [left, right] = mergeParts(merges[5]);
	const areStrings = typeof merges[0] === 'string';
	to('merges', `without the last ${last}`, () => merges.slice(0, -last));
	to('merges', 'without the last', () => merges.slice(0, -1));
	to('merges', 'none', () => []);
	to('merges', 'in reverse', () => [...merges].reverse());
	to('merges', 'the first at the end', () => [...merges.slice(1), merges[0]]);
	to('D9', 'pairs and strings mixed', () =>
		merges.with(5, typeof merges[5] === 'string' ? [left, right] : `${left} ${right}`)
	);
	const noProduct = mergeLike(merges[0], left, 'no such token');
	to('refused', 'one whose product is no entry', () => [...merges, noProduct]);
	const three = areStrings ? `${left} ${right} x` : [left, right, 'x'];
	to('refused', 'one of three tokens', () => [...merges.slice(0, 5), three]);
	mutations.model('refused', 'an object', () => ({ merges: { ...merges } }));
	const pairs = merges.map(mergeParts);
	const isSpaced = pairs.some((pair) => pair.some((part) => part.includes(' ')));
	if (areStrings) to('formatting', 'as pairs', () => pairs);
	else to(isSpaced ? 'D9' : 'formatting', 'as strings', () => pairs.map((pair) => pair.join(' ')));
	return mutations.list;
}

/** Whether a merge and the next one share a token, so that their order may matter. */
function isBeforeDependent(merges: readonly Merge[], at: number): boolean {
	const [left, right] = mergeParts(merges[at]);
	const tokens = [left, right, left + right];
	return mergeParts(merges[at + 1]).some((token) => tokens.includes(token));
}
