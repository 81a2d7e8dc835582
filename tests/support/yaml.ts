import type { ParserOptions } from 'prettier';
import { parsers } from 'prettier/plugins/yaml';

/** A node of Prettier's syntax tree, with the fields that are used here. */
interface Node {
	readonly type: string;
	readonly value?: string;
	readonly children?: readonly (Node | null)[];
}

/** A value of a YAML file. Scalars are not typed: `20` and `true` are strings. */
export type Yaml = string | null | Yaml[] | { [key: string]: Yaml };

export type YamlMapping = Readonly<Record<string, Yaml>>;

/** @throws {Error} for another value */
export function mapping(value: Yaml | undefined): YamlMapping {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new Error(`got ${JSON.stringify(value)}, expected a mapping`);
}

/** @throws {Error} for another value */
export function list(value: Yaml | undefined): Yaml[] {
	if (Array.isArray(value)) return value;
	throw new Error(`got ${JSON.stringify(value)}, expected a list`);
}

/** @throws {Error} for another value */
export function scalar(value: Yaml | undefined): string {
	if (typeof value === 'string') return value;
	throw new Error(`got ${JSON.stringify(value)}, expected a scalar`);
}

/**
 * Reads a YAML file with Prettier's parser.
 * @throws {Error} for what the workflows here do not need, such as aliases and several documents
 */
export async function readYaml(text: string): Promise<Yaml> {
	const root = (await parsers.yaml.parse(text, {} as ParserOptions)) as Node;
	const documents = root.children ?? [];
	if (documents.length !== 1) throw new Error(`got ${documents.length} documents, expected 1`);
	const body = documents[0]?.children?.find((node) => node?.type === 'documentBody');
	return valueOf(body?.children?.[0] ?? null);
}

function valueOf(node: Node | null): Yaml {
	if (node === null) return null;
	const children = node.children ?? [];
	switch (node.type) {
		case 'plain':
		case 'quoteSingle':
		case 'quoteDouble':
		case 'blockLiteral':
		case 'blockFolded':
			return node.value ?? '';
		case 'sequenceItem':
		case 'flowSequenceItem':
		case 'mappingKey':
		case 'mappingValue':
			return valueOf(children[0] ?? null);
		case 'sequence':
		case 'flowSequence':
			return children.map(valueOf);
		case 'mapping':
		case 'flowMapping':
			return Object.fromEntries(children.map((item) => pairOf(item)));
		default:
			throw new Error(`got a node of type ${node.type}, which readYaml does not read`);
	}
}

function pairOf(item: Node | null): [string, Yaml] {
	const [key, value] = (item?.children ?? []).map(valueOf);
	if (typeof key !== 'string') throw new Error('got a key that is not a scalar');
	return [key, value ?? null];
}
