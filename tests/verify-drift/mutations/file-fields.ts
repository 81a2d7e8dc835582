import { padding, truncation } from '../../support/spec-parts';
import type { Mutation, TokenizerJson } from '../types';
import { change } from './stage-steps';

type Edit = readonly [name: string, apply: (file: TokenizerJson) => object];

const truncated =
	(fields: object): Edit[1] =>
	(file) => ({ ...file, truncation: truncation({ max_length: 8, ...fields }) });

const padded =
	(fields: object): Edit[1] =>
	(file) => ({
		...file,
		padding: padding({ strategy: { Fixed: 16 }, direction: 'Left', ...fields })
	});

const withModel =
	(fields: object): Edit[1] =>
	(file) => ({ ...file, model: { ...file.model, ...fields } });

/** @param from number of the first of two tokens whose ids are swapped, from the end if negative */
const swapped =
	(from: number): Edit[1] =>
	({ added_tokens: tokens, ...file }) => {
		const [one, other] = [tokens.at(from), tokens.at(from < 0 ? from - 1 : from + 1)];
		if (!one || !other) return { ...file, added_tokens: tokens };
		const idOf = new Map([
			[one, other.id],
			[other, one.id]
		]);
		return {
			...file,
			added_tokens: tokens.map((token) => ({ ...token, id: idOf.get(token) ?? token.id }))
		};
	};

/** Edits of fields that no `TokenizerSpec` has. */
const EDITS: readonly Edit[] = [
	['truncated to 8', truncated({})],
	['truncated to 8 from the left', truncated({ direction: 'Left' })],
	['truncated to 3 with a stride', truncated({ max_length: 3, stride: 1 })],
	['padded to 16 on the left', padded({})],
	['padded to 16 on the right', padded({ direction: 'Right' })],
	['padded to a multiple of 64', padded({ strategy: 'BatchLongest', pad_to_multiple_of: 64 })],
	['version 2.0', (file) => ({ ...file, version: '2.0' })],
	['version 1', (file) => ({ ...file, version: '1' })],
	['dropout 0.9', withModel({ dropout: 0.9 })],
	['dropout 0.05', withModel({ dropout: 0.05 })],
	['the first added ids swapped', swapped(0)],
	['the last added ids swapped', swapped(-1)]
];

/** One field changed, and two at once. */
export function fieldMutations(file: TokenizerJson): Mutation[] {
	const probes = [...file.added_tokens.slice(0, 3), ...file.added_tokens.slice(-3)].map(
		({ content }) => content
	);
	const to = (className: string, edits: readonly Edit[]) =>
		change(
			className,
			`fields: ${edits.map(([name]) => name).join(', ')}`,
			() => edits.reduce((one, [, apply]) => apply(one) as TokenizerJson, file),
			probes
		);
	const isSwap = ([name]: Edit) => name.endsWith('swapped');
	// What is dropped at random cannot be quoted.
	const isRandom = ([name]: Edit) => name.startsWith('dropout');
	return [
		...EDITS.map((edit) => to(isSwap(edit) ? 'added ids' : 'file fields', [edit])),
		// A second change must not hide the first.
		...EDITS.flatMap((edit, i) => {
			const other = EDITS[(i + 5) % EDITS.length];
			const isLeftOut = [edit, other].some(isRandom) || (isSwap(edit) && isSwap(other));
			return isLeftOut ? [] : [to('file fields', [edit, other])];
		})
	];
}
