import { padding, truncation } from '../../support/spec-parts';
import type { Mutation, TokenizerJson } from '../types';
import { type Add, Mutations, withoutField } from './stage-steps';

/** Adds padding and truncation to a file, or changes these settings if the file already has them. */
export function batchMutations(file: TokenizerJson): Mutation[] {
	const mutations = new Mutations(file, 'batch');
	const pad: Add<unknown> = (className, name, padding) =>
		mutations.set(className, name, { padding });
	const truncate: Add<unknown> = (className, name, truncation) =>
		mutations.set(className, name, { truncation });
	/** Creates a function that adds changes to a file with padding or truncation; `null` removes the setting. */
	const changesOf = (stage: string, value: object, verb: string): Add<object | null> => {
		const base = { ...file, [stage]: value };
		const from = JSON.stringify(base);
		return (className, name, fields) => {
			const changed = () => ({ ...base, [stage]: fields && { ...value, ...fields } });
			mutations.add(className, `${verb}, then ${name}`, changed, undefined, from);
		};
	};
	const padded = padding(file.padding ?? {});
	const repadded = changesOf('padding', padded, 'padded');
	const retruncated = changesOf('truncation', truncation({ max_length: 6 }), 'truncated');
	if (file.padding) pad('D8', 'no padding', null);
	else pad('D8', 'padding', padding());
	pad('D8', 'padding to 32', padding({ strategy: { Fixed: 32 } }));
	const direction = padded.direction === 'Left' ? 'Right' : 'Left';
	repadded('D8', 'on the other side', { direction });
	repadded('D8', 'with another id', { pad_id: padded.pad_id + 1 });
	repadded('D8', 'to a multiple of 8', { pad_to_multiple_of: 8 });
	repadded('D8', 'to a multiple of 1', { pad_to_multiple_of: 1 });
	repadded('type ids', 'with another type id', { pad_type_id: 1 });
	repadded('no effect', 'with another string', { pad_token: '<other>' });
	repadded('D8', 'to 16', { strategy: { Fixed: 16 } });
	repadded('D8', 'not', null);
	truncate('truncation', 'at 512', truncation());
	truncate('truncation', 'at 8192', truncation({ max_length: 8192 }));
	truncate('D13', 'truncation at 10⁹', truncation({ max_length: 1_000_000_000 }));
	truncate('D13', 'truncation at 2⁴⁰', truncation({ max_length: 2 ** 40 }));
	retruncated('truncation', 'at 5', { max_length: 5 });
	retruncated('truncation', 'on the other side', { direction: 'Left' });
	retruncated('overflow only', 'with a stride', { stride: 2 });
	retruncated('truncation', 'the first only', { strategy: 'OnlyFirst' });
	retruncated('truncation', 'the second only', { strategy: 'OnlySecond' });
	retruncated('truncation', 'at 0', { max_length: 0 });
	retruncated('truncation', 'with a stride larger than the length', { stride: 9 });
	retruncated('truncation', 'not', null);
	truncate('refused', 'an unknown strategy', truncation({ strategy: 'Longest' }));
	const noLength = { direction: 'Right', strategy: 'LongestFirst', stride: 0 };
	truncate('refused', 'truncation without a length', noLength);
	pad('refused', 'padding without an id', withoutField(padding(), 'pad_id'));
	pad('D9', 'padding true', true);
	return mutations.list;
}

const FIELDS = [
	...['version', 'truncation', 'padding', 'added_tokens', 'normalizer', 'pre_tokenizer'],
	...['post_processor', 'decoder', 'model']
];
const TOKEN_FIELDS = 'id content single_word lstrip rstrip normalized special'.split(' ');

/** Mutations after which the native library rejects the file, and mutations that change only the file's formatting. */
export function fileMutations(file: TokenizerJson): Mutation[] {
	const mutations = new Mutations(file, 'file');
	const text = () => JSON.stringify(file);
	const D9 = (name: string, fields: object) => mutations.set('D9', name, fields);
	const badText = (name: string, apply: () => string) => mutations.text('D9', name, apply);
	const sameText = (name: string, apply: () => string) => mutations.text('formatting', name, apply);
	D9('an unknown top-level key', { chat_template: '' });
	D9('an unknown top-level key, null', { extra: null });
	D9('version 2.0', { version: '2.0' });
	D9('version as a number', { version: 1 });
	D9('version null', { version: null });
	D9('added tokens null', { added_tokens: null });
	D9('model null', { model: null });
	D9('pre-tokenizer as a list', { pre_tokenizer: [] });
	D9('normalizer as a string', { normalizer: 'NFC' });
	for (const field of FIELDS) {
		const value = (file as unknown as Record<string, unknown>)[field];
		const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
		const className = field === 'version' || isEmpty ? 'formatting' : 'D9';
		mutations.add(className, `no ${field}`, () => withoutField(file, field));
	}
	for (const field of ['vocab', 'merges'])
		D9(`no model.${field}`, { model: withoutField(file.model, field) });
	const twice = `"fuse_unk":${file.model.fuse_unk === true},`.repeat(2);
	badText('a key twice, the same value', () =>
		text().replace('{', `{"normalizer":${JSON.stringify(file.normalizer)},`)
	);
	badText('version twice', () => text().replace('{', '{"version":"1.0",'));
	badText('a flag twice', () => {
		const at = text().lastIndexOf('"merges"');
		return text().slice(0, at) + twice + text().slice(at);
	});
	badText('truncated', () => text().slice(0, -1));
	badText('a comma too many', () => `${text().slice(0, -1)},}`);
	badText('a byte order mark', () => `\ufeff${text()}`);
	badText('text after the end', () => `${text()}x`);
	badText('empty', () => '');
	sameText('indented', () => JSON.stringify(file, null, 2));
	sameText('indented by tabs', () => JSON.stringify(file, null, '\t'));
	sameText('a line feed at the end', () => `${text()}\n`);
	sameText('carriage returns', () => JSON.stringify(file, null, 1).replaceAll('\n', '\r\n'));
	// Escapes surrogate pairs as two code units.
	const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
	sameText('every character escaped', () => text().replace(/[^\x20-\x7e]/g, escaped));
	sameText('slashes escaped', () => text().replaceAll('/', '\\/'));
	sameText('keys in reverse', () => JSON.stringify(reversed(file)));
	mutations.add('formatting', 'version at the end', () => ({
		...withoutField(file, 'version'),
		version: '1.0'
	}));
	const [token, ...others] = file.added_tokens;
	if (!token) return mutations.list;
	const changed: Add<object> = (className, name, other) =>
		mutations.set(className, name, { added_tokens: [other, ...others] });
	changed('formatting', 'an unknown field of an added token', { ...token, note: 1 });
	for (const field of TOKEN_FIELDS)
		changed('D9', `an added token without ${field}`, withoutField(token, field));
	changed('D9', 'an added token whose flag is a number', { ...token, special: 1 });
	const id = String(token.id);
	changed('D9', 'an added token whose id is a string', { ...token, id });
	return mutations.list;
}

function reversed(value: unknown): unknown {
	if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, inner]) => [key, reversed(inner)])
	);
}
