import {
	Field,
	parseDecoder,
	parseNormalizer,
	parsePostProcessor,
	parsePreTokenizer
} from '../../engine/stages';
import {
	ADDED_TOKEN_FLAGS,
	type AddedTokenChoice,
	type AddedTokenFlag,
	type SpecEdit
} from './spec-edit';

/** Maximum id, rank or count. */
const MAX_NUMBER = 0xffffffff;
/** A link with more edits is broken or hostile. */
const MAX_EDITS = 32;

/**
 * Parses edits from untrusted JSON, such as the JSON in a link.
 * @param where name of the source in errors
 * @throws Error that names the field, what was found and what was expected
 */
export function parseEdits(json: unknown, where: string): SpecEdit[] {
	const edits = new Field(json, where).array();
	if (edits.length > MAX_EDITS) {
		throw new Error(`${where}: got ${edits.length} edits, expected at most ${MAX_EDITS}`);
	}
	return edits.map(parseEdit);
}

function parseEdit(field: Field): SpecEdit {
	const kind = field.get('kind').oneOf(...(Object.keys(PARSERS) as SpecEdit['kind'][]));
	return { kind, ...PARSERS[kind](field) } as SpecEdit;
}

type Parsers = {
	readonly [K in SpecEdit['kind']]: (
		field: Field
	) => Omit<Extract<SpecEdit, { readonly kind: K }>, 'kind'>;
};

const PARSERS: Parsers = {
	normalizer: (field) => ({ value: parseNormalizer(field.get('value')) }),
	pre_tokenizer: (field) => ({ value: parsePreTokenizer(field.get('value')) }),
	'split-regex': (field) => ({
		split: parseNumber(field, 'split'),
		regex: field.get('regex').string()
	}),
	post_processor: (field) => ({ value: parsePostProcessor(field.get('value')) }),
	decoder: (field) => ({ value: parseDecoder(field.get('value')) }),
	bos: (field) => ({
		times: parseTimes(field.get('times')),
		token: field.get('token').isNull ? null : field.get('token').string()
	}),
	'ignore-merges': (field) => ({ value: field.get('value').boolean() }),
	'prefix-space': (field) => ({ value: field.get('value').boolean() }),
	'drop-added-tokens': (field) => ({ which: parseChoice(field.get('which')) }),
	'added-token-flags': (field) => ({
		which: parseChoice(field.get('which')),
		flags: parseFlags(field.get('flags'))
	}),
	'swap-merges': (field) => ({ ranks: parsePair(field.get('ranks')) }),
	'drop-last-merges': (field) => ({ count: parseNumber(field, 'count') }),
	'swap-ids': (field) => ({ ids: parsePair(field.get('ids')) }),
	'shift-ids': (field) => ({ from: parseNumber(field, 'from'), by: parseNumber(field, 'by') }),
	'clean-up-spaces': (field) => ({ value: field.get('value').boolean() })
};

const parseNumber = (field: Field, name: string): number => field.get(name).integer(MAX_NUMBER);

function parseTimes(field: Field): 0 | 1 | 2 {
	const times = field.integer(2);
	return times === 0 ? 0 : times === 1 ? 1 : 2;
}

function parsePair(field: Field): [number, number] {
	const numbers = field.array().map((number) => number.integer(MAX_NUMBER));
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
	for (const name of ADDED_TOKEN_FLAGS) {
		const flag = field.get(name);
		if (!flag.isNull) flags[name] = flag.boolean();
	}
	return flags;
}
