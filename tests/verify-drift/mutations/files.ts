import type { Mutation, TokenizerJson } from '../types';
import { change, textChange, withoutField } from './stage-steps';

const padding = (fields: object = {}) => ({
	strategy: 'BatchLongest',
	direction: 'Right',
	pad_to_multiple_of: null,
	pad_id: 0,
	pad_type_id: 0,
	pad_token: '<pad>',
	...fields
});
const truncation = (fields: object = {}) => ({
	direction: 'Right',
	max_length: 512,
	strategy: 'LongestFirst',
	stride: 0,
	...fields
});

/** Padding and truncation, added to a file, or changed in one that has them. */
export function batchMutations(file: TokenizerJson): (Mutation & { from?: string })[] {
	const to = (className: string, name: string, fields: object) =>
		change(className, `batch: ${name}`, () => ({ ...file, ...fields }));
	const padded = { ...file, padding: padding(file.padding ?? {}) };
	const truncated = { ...file, truncation: truncation({ max_length: 6 }) };
	const from = (
		base: TokenizerJson,
		className: string,
		name: string,
		fields: object
	): Mutation & { from: string } => ({
		...change(className, `batch: ${name}`, () => ({ ...base, ...fields })),
		from: JSON.stringify(base)
	});
	const repadded = (name: string, fields: object, className = 'D8') =>
		from(padded, className, `padded, then ${name}`, { padding: { ...padded.padding, ...fields } });
	const retruncated = (name: string, fields: object, className = 'truncation') =>
		from(truncated, className, `truncated, then ${name}`, {
			truncation: { ...truncated.truncation, ...fields }
		});
	const opposite = padded.padding.direction === 'Left' ? 'Right' : 'Left';
	return [
		...(file.padding
			? [to('D8', 'no padding', { padding: null })]
			: [to('D8', 'padding', { padding: padding() })]),
		to('D8', 'padding to 32', { padding: padding({ strategy: { Fixed: 32 } }) }),
		repadded('on the other side', { direction: opposite }),
		repadded('with another id', { pad_id: padded.padding.pad_id + 1 }),
		repadded('to a multiple of 8', { pad_to_multiple_of: 8 }),
		repadded('to a multiple of 1', { pad_to_multiple_of: 1 }),
		repadded('with another type id', { pad_type_id: 1 }, 'type ids'),
		repadded('with another string', { pad_token: '<other>' }, 'no effect'),
		repadded('to 16', { strategy: { Fixed: 16 } }),
		from(padded, 'D8', 'padded, then not', { padding: null }),
		to('truncation', 'at 512', { truncation: truncation() }),
		to('truncation', 'at 8192', { truncation: truncation({ max_length: 8192 }) }),
		to('D13', 'truncation at 10⁹', { truncation: truncation({ max_length: 1_000_000_000 }) }),
		to('D13', 'truncation at 2⁴⁰', { truncation: truncation({ max_length: 2 ** 40 }) }),
		retruncated('at 5', { max_length: 5 }),
		retruncated('on the other side', { direction: 'Left' }),
		retruncated('with a stride', { stride: 2 }, 'overflow only'),
		retruncated('the first only', { strategy: 'OnlyFirst' }),
		retruncated('the second only', { strategy: 'OnlySecond' }),
		retruncated('at 0', { max_length: 0 }),
		retruncated('with a stride larger than the length', { stride: 9 }),
		from(truncated, 'truncation', 'truncated, then not', { truncation: null }),
		to('refused', 'an unknown strategy', { truncation: truncation({ strategy: 'Longest' }) }),
		to('refused', 'truncation without a length', {
			truncation: { direction: 'Right', strategy: 'LongestFirst', stride: 0 }
		}),
		to('refused', 'padding without an id', { padding: withoutField(padding(), 'pad_id') }),
		to('D9', 'padding true', { padding: true })
	];
}

/** Files that native refuses, and equivalent files that are written differently. */
export function fileMutations(file: TokenizerJson): Mutation[] {
	const text = () => JSON.stringify(file);
	const refused = (name: string, fields: object) =>
		change('D9', `file: ${name}`, () => ({ ...file, ...fields }));
	const mutations: Mutation[] = [
		refused('an unknown top-level key', { chat_template: '' }),
		refused('an unknown top-level key, null', { extra: null }),
		refused('version 2.0', { version: '2.0' }),
		refused('version as a number', { version: 1 }),
		refused('version null', { version: null }),
		refused('added tokens null', { added_tokens: null }),
		refused('model null', { model: null }),
		refused('pre-tokenizer as a list', { pre_tokenizer: [] }),
		refused('normalizer as a string', { normalizer: 'NFC' }),
		...[
			'version',
			'truncation',
			'padding',
			'added_tokens',
			'normalizer',
			'pre_tokenizer',
			'post_processor',
			'decoder',
			'model'
		].map((field) => {
			const value = (file as unknown as Record<string, unknown>)[field];
			const empty = value === null || (Array.isArray(value) && value.length === 0);
			return change(field === 'version' || empty ? 'formatting' : 'D9', `file: no ${field}`, () =>
				withoutField(file, field)
			);
		}),
		...(['vocab', 'merges'] as const).map((field) =>
			change('D9', `file: no model.${field}`, () => ({
				...file,
				model: withoutField(file.model, field)
			}))
		),
		textChange('D9', 'file: a key twice, the same value', () =>
			text().replace('{', `{"normalizer":${JSON.stringify(file.normalizer)},`)
		),
		textChange('D9', 'file: version twice', () => text().replace('{', '{"version":"1.0",')),
		textChange('D9', 'file: a flag twice', () => {
			const at = text().lastIndexOf('"merges"');
			return `${text().slice(0, at)}"fuse_unk":${file.model.fuse_unk === true},"fuse_unk":${file.model.fuse_unk === true},${text().slice(at)}`;
		}),
		textChange('D9', 'file: truncated', () => text().slice(0, -1)),
		textChange('D9', 'file: a comma too many', () => `${text().slice(0, -1)},}`),
		textChange('D9', 'file: a byte order mark', () => `\ufeff${text()}`),
		textChange('D9', 'file: text after the end', () => `${text()}x`),
		textChange('D9', 'file: empty', () => ''),
		textChange('formatting', 'file: indented', () => JSON.stringify(file, null, 2)),
		textChange('formatting', 'file: indented by tabs', () => JSON.stringify(file, null, '\t')),
		textChange('formatting', 'file: a line feed at the end', () => `${text()}\n`),
		textChange('formatting', 'file: carriage returns', () =>
			JSON.stringify(file, null, 1).replaceAll('\n', '\r\n')
		),
		textChange('formatting', 'file: every character escaped', () =>
			// Both units of a surrogate pair are escaped.
			text().replace(
				/[^\x20-\x7e]/g,
				(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
			)
		),
		textChange('formatting', 'file: slashes escaped', () => text().replaceAll('/', '\\/')),
		textChange('formatting', 'file: keys in reverse', () => JSON.stringify(reversed(file))),
		change('formatting', 'file: version at the end', () => ({
			...withoutField(file, 'version'),
			version: '1.0'
		})),
		...file.added_tokens.slice(0, 1).flatMap((token) => [
			change('formatting', 'file: an unknown field of an added token', () => ({
				...file,
				added_tokens: [{ ...token, note: 1 }, ...file.added_tokens.slice(1)]
			})),
			...['id', 'content', 'single_word', 'lstrip', 'rstrip', 'normalized', 'special'].map(
				(field) =>
					change('D9', `file: an added token without ${field}`, () => ({
						...file,
						added_tokens: [withoutField(token, field), ...file.added_tokens.slice(1)]
					}))
			),
			change('D9', 'file: an added token whose flag is a number', () => ({
				...file,
				added_tokens: [{ ...token, special: 1 }, ...file.added_tokens.slice(1)]
			})),
			change('D9', 'file: an added token whose id is a string', () => ({
				...file,
				added_tokens: [{ ...token, id: String(token.id) }, ...file.added_tokens.slice(1)]
			}))
		])
	];
	return mutations;
}

function reversed(value: unknown): unknown {
	if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, inner]) => [key, reversed(inner)])
	);
}
