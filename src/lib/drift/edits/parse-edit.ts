import {
	Field,
	parseDecoder,
	parseNormalizer,
	parsePostProcessor,
	parsePreTokenizer
} from '../../engine/stages';
import type { AddedTokenChoice, AddedTokenFlag, SpecEdit } from './spec-edit';

/** Ids, ranks and counts are below it. */
const MOST = 0xffffffff;
/** More edits than this are a broken or hostile link. */
const MOST_EDITS = 32;
const FLAGS = ['single_word', 'lstrip', 'rstrip', 'normalized', 'special'] as const;

/**
 * Edits from JSON that nobody has checked yet, such as a link's.
 * @param where names the place in errors
 * @throws Error that names the field, what was found and what was expected
 */
export function parseEdits(json: unknown, where: string): SpecEdit[] {
	const edits = new Field(json, where).array();
	if (edits.length > MOST_EDITS)
		throw new Error(`${where}: got ${edits.length} edits, expected at most ${MOST_EDITS}`);
	return edits.map(parseEdit);
}

function parseEdit(field: Field): SpecEdit {
	const kind = field
		.get('kind')
		.oneOf(
			'normalizer',
			'pre_tokenizer',
			'split-regex',
			'post_processor',
			'decoder',
			'bos',
			'ignore-merges',
			'prefix-space',
			'drop-added-tokens',
			'added-token-flags',
			'swap-merges',
			'drop-last-merges',
			'reorder-merges',
			'swap-ids',
			'shift-ids',
			'clean-up-spaces'
		);
	switch (kind) {
		case 'normalizer':
			return { kind, value: parseNormalizer(field.get('value')) };
		case 'pre_tokenizer':
			return { kind, value: parsePreTokenizer(field.get('value')) };
		case 'post_processor':
			return { kind, value: parsePostProcessor(field.get('value')) };
		case 'decoder':
			return { kind, value: parseDecoder(field.get('value')) };
		case 'split-regex':
			return {
				kind,
				split: field.get('split').integer(MOST),
				regex: field.get('regex').string()
			};
		case 'bos':
			return { kind, times: parseTimes(field.get('times')), token: parseToken(field.get('token')) };
		case 'ignore-merges':
		case 'prefix-space':
		case 'clean-up-spaces':
			return { kind, value: field.get('value').boolean() };
		case 'drop-added-tokens':
			return { kind, which: parseChoice(field.get('which')) };
		case 'added-token-flags':
			return {
				kind,
				which: parseChoice(field.get('which')),
				flags: parseFlags(field.get('flags'))
			};
		case 'swap-merges':
			return { kind, ranks: parsePair(field.get('ranks')) };
		case 'swap-ids':
			return { kind, ids: parsePair(field.get('ids')) };
		case 'drop-last-merges':
			return { kind, count: field.get('count').integer(MOST) };
		case 'shift-ids':
			return { kind, from: field.get('from').integer(MOST), by: field.get('by').integer(MOST) };
		case 'reorder-merges': {
			const order = field.get('order').oneOf('reversed', 'shuffled');
			return order === 'reversed'
				? { kind, order }
				: { kind, order, seed: field.get('seed').integer(MOST) };
		}
	}
}

function parseTimes(field: Field): 0 | 1 | 2 {
	const times = field.integer(2);
	return times === 0 ? 0 : times === 1 ? 1 : 2;
}

const parseToken = (field: Field): string | null => (field.isNull ? null : field.string());

function parsePair(field: Field): [number, number] {
	const numbers = field.array().map((number) => number.integer(MOST));
	if (numbers.length !== 2) throw field.error('two numbers');
	return [numbers[0], numbers[1]];
}

function parseChoice(field: Field): AddedTokenChoice {
	if (typeof field.value === 'string') return field.oneOf('all', 'special', 'not-special');
	return {
		contents: field
			.get('contents')
			.array()
			.map((content) => content.string())
	};
}

function parseFlags(field: Field): Partial<Record<AddedTokenFlag, boolean>> {
	const flags: Partial<Record<AddedTokenFlag, boolean>> = {};
	for (const name of FLAGS) {
		const flag = field.get(name);
		if (!flag.isNull) flags[name] = flag.boolean();
	}
	return flags;
}
