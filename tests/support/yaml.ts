import type { ParserOptions } from 'prettier';
import { parsers } from 'prettier/plugins/yaml';

/** A node in Prettier's syntax tree, with the fields used here. */
interface Node {
	readonly type: string;
	readonly value?: string;
	readonly children?: readonly (Node | null)[];
}

/**
 * Reads a YAML file with Prettier's parser. Scalars have no types: `20` and `true` are strings.
 * @returns the value that JSON.parse would return for the same data
 * @throws {Error} for features that these workflows don't need, such as aliases and multiple documents
 */
export async function readYaml(text: string) {
	const root = (await parsers.yaml.parse(text, {} as ParserOptions)) as Node;
	const [document, ...others] = root.children ?? [];
	if (others.length > 0) throw new Error(`got ${others.length + 1} documents, expected 1`);
	const body = document?.children?.find((node) => node?.type === 'documentBody');
	return JSON.parse(JSON.stringify(valueOf(body?.children?.[0])));
}

function valueOf(node: Node | null | undefined): unknown {
	const values = (node?.children ?? []).map(valueOf);
	switch (node?.type) {
		case undefined:
			return null;
		case 'plain':
		case 'quoteSingle':
		case 'quoteDouble':
		case 'blockLiteral':
		case 'blockFolded':
			return node?.value ?? '';
		case 'sequenceItem':
		case 'flowSequenceItem':
		case 'mappingKey':
		case 'mappingValue':
			return values[0] ?? null;
		case 'sequence':
		case 'flowSequence':
		case 'mappingItem':
		case 'flowMappingItem':
			return values;
		case 'mapping':
		case 'flowMapping':
			return Object.fromEntries(values as [string, unknown][]);
		default:
			throw new Error(`got a node of type ${node?.type}, which readYaml does not read`);
	}
}
